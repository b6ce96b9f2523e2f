/** Turns a serial number into a day (see serial.h). Excel's 29 February 1900 becomes the 28th. */
#include "xlsx/cell/serial.h"

#include <math.h>

/*
 * Day 0 of the two epochs in days from 1970-01-01. Excel, as Lotus before it, takes 1900 for a leap year, so
 * its days before 1 March 1900, serial 61, are counted from one day later.
 */
enum { DAY_0_OF_1900 = -25569, DAY_0_OF_1904 = -24107, FALSE_LEAP_DAY = 60, LAST_OF_9999 = 2958465 };

bms_day bms_serial_day(double serial, bool from_1904) {
    if (!(serial >= 0) || serial >= LAST_OF_9999 + 1)
        return BMS_NO_DAY;
    int whole = (int)floor(serial);
    if (from_1904)
        return DAY_0_OF_1904 + whole;
    return DAY_0_OF_1900 + whole + (whole < FALSE_LEAP_DAY ? 1 : 0);
}
