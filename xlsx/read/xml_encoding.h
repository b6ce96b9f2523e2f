/**
 * Character encodings that real workbooks use besides those expat knows (UTF-8, UTF-16, ISO-8859-1,
 * US-ASCII).
 */
#ifndef BMS_XLSX_READ_XML_ENCODING_H
#define BMS_XLSX_READ_XML_ENCODING_H

#include <expat.h>
#include <stddef.h>

/**
 * Look at the declaration that a document begins with.
 *
 * @return the encoding to use instead of the declared one; NULL: use the declared one. "utf8" is no name of
 * an encoding, but some programs write it for UTF-8
 */
const char *bms_xml_encoding_instead(const char *bytes, size_t length);

/** For XML_SetUnknownEncodingHandler: knows windows-1252. */
int XMLCALL bms_xml_encoding_know(void *unused, const XML_Char *name, XML_Encoding *out);

#endif
