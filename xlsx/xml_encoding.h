/**
 * Character encodings that parts of real workbooks name beside those expat knows (UTF-8, UTF-16, ISO-8859-1,
 * US-ASCII).
 */
#ifndef BMS_XML_ENCODING_H
#define BMS_XML_ENCODING_H

#include <expat.h>

/** For XML_SetUnknownEncodingHandler: knows windows-1252. */
int XMLCALL bms_xml_encoding_know(void *unused, const XML_Char *name, XML_Encoding *out);

#endif
