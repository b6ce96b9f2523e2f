/**
 * Finds out what a file is when it is no workbook (see identify.h), so that the message can say what to do.
 * The name of the file is never trusted.
 */
#include "xlsx/read/identify.h"

#include "core/base/catalogue.h"
#include "xlsx/read/compound.h"
#include "xlsx/read/mail.h"

#include <string.h>

/** How a kind of file begins, and what to say to the one who sent it. */
struct kind {
    const char *start;
    size_t length;
    const char *text;
};

static const char old_workbook[] =
    BMS_TEXT("{file}: this is an old Excel workbook (.xls); open it in Excel and save it as .xlsx");
static const char picture[] = BMS_TEXT("{file}: this is a picture, not a workbook");
static const char archive[] = BMS_TEXT("{file}: this is an archive, not a workbook; unpack it first");
static const char placeholder[] =
    BMS_TEXT("{file}: this is only a link to a file stored elsewhere; download the file itself");
static const char macos[] =
    BMS_TEXT("{file}: this is a file that macOS keeps beside the real one, not a workbook");

static const char web_page[] =
    BMS_TEXT("{file}: this is a web page, not a workbook; open it in Excel and save it as .xlsx");
static const char sign_in[] = BMS_TEXT(
    "{file}: this is a page for signing in that was saved instead of the file; open the link, sign in, and "
    "download the file itself");

#define BEGINS(bytes, message)                                                                               \
    { .start = (bytes), .length = sizeof(bytes) - 1, .text = (message) }
static const struct kind kinds[] = {
    BEGINS("%PDF-", BMS_TEXT("{file}: this is a PDF, not a workbook; send the .xlsx it was made from")),
    BEGINS("{\\rtf", BMS_TEXT("{file}: this is a text document (RTF), not a workbook")),
    BEGINS("\x09\x00\x04\x00", old_workbook),
    BEGINS("\x09\x02\x06\x00", old_workbook),
    BEGINS("\x09\x04\x06\x00", old_workbook),
    BEGINS("\x09\x08", old_workbook),
    BEGINS("\x89PNG", picture),
    BEGINS("\xFF\xD8\xFF", picture),
    BEGINS("GIF8", picture),
    BEGINS("II*\0", picture),
    BEGINS("MM\0*", picture),
    BEGINS("7z\xBC\xAF\x27\x1C", archive),
    BEGINS("Rar!", archive),
    BEGINS("\x1F\x8B", archive),
    BEGINS("\x00\x05\x16\x07", macos),
    BEGINS("\x00\x05\x16\x00", macos),
    BEGINS("\x00\x00\x00\x01"
           "Bud1",
           macos),
    BEGINS("bplist00", placeholder),
    BEGINS("[InternetShortcut]", placeholder),
    BEGINS("version https://git-lfs", placeholder),
    BEGINS("SQLite format 3", BMS_TEXT("{file}: this is a database, not a workbook")),
};

/** Words by which kinds of text are recognised, searched for in its beginning in any case. */
static const struct kind words[] = {
    BEGINS("\"doc_id\"", placeholder),
    BEGINS("docs.google.com", placeholder),
    BEGINS("urn:schemas-microsoft-com:office:spreadsheet",
           BMS_TEXT("{file}: this is an Excel 2003 XML workbook; open it in Excel and save it as .xlsx")),
    BEGINS("urn:oasis:names:tc:opendocument",
           BMS_TEXT("{file}: this is an OpenDocument file; open it and save it as .xlsx")),
    BEGINS("<html", web_page),
    BEGINS("<table", web_page),
    BEGINS("<?xml", BMS_TEXT("{file}: this is an XML file, not a workbook")),
};

/** Words of pages that ask who one is. */
static const struct kind of_sign_in[] = {
    BEGINS("type=\"password\"", sign_in),   BEGINS("type='password'", sign_in),
    BEGINS("type=password", sign_in),       BEGINS("login.microsoftonline.com", sign_in),
    BEGINS("accounts.google.com", sign_in), BEGINS("<title>sign in", sign_in),
    BEGINS("<title>log in", sign_in),       BEGINS("<title>logg inn", sign_in),
    BEGINS("<title>logg på", sign_in),
};

bool bms_identify_zip(const unsigned char *bytes, size_t size) {
    return size >= 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] <= 8 && bytes[3] <= 9;
}

static bool only_zeros(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

/** Excel's `~$form.xlsx`: the length of a name, the name padded to 54 bytes, then the same in UTF-16. */
static bool is_excel_lock(const unsigned char *bytes, size_t size) {
    enum { NAME = 54, WHOLE = 165 };
    if (size != WHOLE || bytes[0] == 0 || bytes[0] > NAME)
        return false;
    return bytes[NAME] == ' ' || bytes[0] == NAME;
}

/** LibreOffice's `.~lock.form.xlsx#`: one line with at least four commas and a final semicolon. */
static bool is_libreoffice_lock(const unsigned char *bytes, size_t size) {
    int commas = 0;
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    if (size == 0 || size > 1000 || bytes[size - 1] != ';')
        return false;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < ' ')
            return false;
        commas += bytes[i] == ',';
    }
    return commas >= 4;
}

/** @return whether the bytes are a picture by more than how they begin. */
static bool is_picture(const unsigned char *bytes, size_t size) {
    static const char *const brands[] = {"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif"};
    if (size < 26)
        return size >= 12 && memcmp(bytes + 4, "ftyphei", 7) == 0;
    if (memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0)
        return true;
    if (memcmp(bytes, "BM", 2) == 0 && memcmp(bytes + 6, "\0\0\0\0", 4) == 0)
        return true;
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++) {
        if (memcmp(bytes + 4, "ftyp", 4) == 0 && memcmp(bytes + 8, brands[i], 4) == 0)
            return true;
    }
    return false;
}

enum { LOOKED_AT = 4096, LOOKED_AT_IN_PAGE = 1 << 16 };

/** @return which of two bytes of a character is 0 in Latin text of UTF-16: 0 or 1; -1: it is not in UTF-16 */
static int zero_byte(const unsigned char *bytes, size_t size) {
    size_t zeros[2] = {0, 0};
    size_t pairs = (size < LOOKED_AT ? size : LOOKED_AT) / 2;
    for (size_t i = 0; i < 2 * pairs; i++)
        zeros[i & 1] += bytes[i] == 0;
    if (pairs < 4)
        return -1;
    if (zeros[0] == 0 && zeros[1] > pairs / 2)
        return 1;
    return zeros[1] == 0 && zeros[0] > pairs / 2 ? 0 : -1;
}

/** Copy the letters of a text in UTF-16 as ASCII. @return how many; 0: it is no such text */
static size_t narrow(const unsigned char *bytes, size_t size, unsigned char out[LOOKED_AT]) {
    bool marked =
        size >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF));
    int zero = marked ? bytes[0] == 0xFF : zero_byte(bytes, size);
    size_t n = 0;
    for (size_t i = marked ? 2 : 0; zero >= 0 && i + 1 < size && n < LOOKED_AT; i += 2)
        out[n++] = bytes[i + (size_t)zero] ? '?' : bytes[i + 1 - (size_t)zero];
    return n;
}

static bool is_text(const unsigned char *bytes, size_t size) {
    size_t limit = size < LOOKED_AT ? size : LOOKED_AT;
    for (size_t i = 0; i < limit; i++) {
        if (bytes[i] < ' ' && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\f')
            return false;
    }
    return true;
}

static unsigned char lower(unsigned char c) {
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
}

static bool same_without_case(const unsigned char *bytes, const char *word, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (lower(bytes[i]) != lower((unsigned char)word[i]))
            return false;
    }
    return true;
}

static bool has_word(const unsigned char *bytes, size_t size, size_t limit, const struct kind *word) {
    limit = size < limit ? size : limit;
    for (size_t i = 0; i + word->length <= limit; i++) {
        if (same_without_case(bytes + i, word->start, word->length))
            return true;
    }
    return false;
}

static const char *describe_page(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < sizeof of_sign_in / sizeof *of_sign_in; i++) {
        if (has_word(bytes, size, LOOKED_AT_IN_PAGE, &of_sign_in[i]))
            return sign_in;
    }
    return web_page;
}

static const char *describe_text(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_word(bytes, size, LOOKED_AT, &words[i]))
            return words[i].text == web_page ? describe_page(bytes, size) : words[i].text;
    }
    return BMS_TEXT(
        "{file}: this is a text file (such as CSV), not a workbook; open it in Excel and save it as .xlsx");
}

static const char *describe_compound(const unsigned char *bytes, size_t size) {
    switch (bms_compound_kind(bytes, size)) {
    case BMS_COMPOUND_ENCRYPTED:
        return BMS_TEXT("{file}: the workbook is protected by a password or a sensitivity label; open it, "
                        "remove the protection and save it without a password");
    case BMS_COMPOUND_WORKBOOK:
        return old_workbook;
    case BMS_COMPOUND_MAIL:
        return BMS_TEXT(
            "{file}: this is a mail saved from Outlook; the form is an attachment in it: open the mail, save "
            "the attachment, and put that in the folder");
    case BMS_COMPOUND_DOCUMENT:
        return BMS_TEXT("{file}: this is an old Office document (Word or PowerPoint), not a workbook");
    case BMS_COMPOUND_OTHER:
    default:
        return BMS_TEXT("{file}: this is an OLE2 file in which no workbook can be found; it is damaged or "
                        "not a workbook");
    }
}

static const char *describe(const unsigned char *bytes, size_t size) {
    if (size == 0)
        return BMS_TEXT("{file}: the file is empty");
    if (only_zeros(bytes, size)) {
        return BMS_TEXT(
            "{file}: the file holds nothing but zeros; it was not downloaded or saved completely");
    }
    if (bms_compound_is(bytes, size))
        return describe_compound(bytes, size);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (size >= kinds[i].length && memcmp(bytes, kinds[i].start, kinds[i].length) == 0)
            return kinds[i].text;
    }
    if (is_picture(bytes, size))
        return picture;
    if (bms_mail_is(bytes, size)) {
        return BMS_TEXT("{file}: this is a saved mail in which no workbook was found; open the mail, save "
                        "the attachment, "
                        "and put that in the folder");
    }
    if (is_excel_lock(bytes, size) || is_libreoffice_lock(bytes, size)) {
        return BMS_TEXT(
            "{file}: this is the lock file of a workbook that someone has open, not the workbook");
    }
    unsigned char letters[LOOKED_AT];
    size_t n = narrow(bytes, size, letters);
    if (n > 0 && is_text(letters, n))
        return describe_text(letters, n);
    if (is_text(bytes, size))
        return describe_text(bytes, size);
    return BMS_TEXT("{file}: this is not a workbook (no .xlsx file begins like this)");
}

enum bms_status bms_identify_refuse(const unsigned char *bytes, size_t size, const bms_reading *reading) {
    return bms_fault(reading, describe(bytes, size), NULL);
}

const char *bms_identify_main_type(const char *content_type) {
    if (strstr(content_type, "sheet.binary"))
        return BMS_TEXT("{file}: this is a binary workbook (.xlsb); open it in Excel and save it as .xlsx");
    if (strstr(content_type, "wordprocessingml") || strstr(content_type, "ms-word"))
        return BMS_TEXT("{file}: this is a Word document, not a workbook");
    if (strstr(content_type, "presentationml") || strstr(content_type, "ms-powerpoint"))
        return BMS_TEXT("{file}: this is a PowerPoint presentation, not a workbook");
    if (strstr(content_type, "visio"))
        return BMS_TEXT("{file}: this is a Visio drawing, not a workbook");
    return NULL;
}

/** @return whether a member's name begins so. */
static bool has_member(const bms_package *package, const char *start) {
    for (size_t i = 0; i < bms_package_count(package); i++) {
        if (strncmp(bms_package_name(package, i), start, strlen(start)) == 0)
            return true;
    }
    return false;
}

/** Refuse a document of Apple's programs, which all pack theirs alike. */
static enum bms_status refuse_apple(bms_package *package, const bms_reading *reading) {
    static const unsigned char of_pages[] = {0x08, 0x90, 0x4E}; /* the kind of its first object */
    unsigned char start[64];
    size_t length = 0;
    size_t member = bms_package_find(package, "Index/Document.iwa");
    enum bms_status status = BMS_OK;
    if (member != BMS_NO_MEMBER)
        status = bms_package_peek(package, member, start, sizeof start, &length, reading);
    if (status)
        return status;
    const char *text =
        BMS_TEXT("{file}: this is a file of Apple's Numbers, Pages or Keynote; a form opened in "
                 "Numbers is exported from there as .xlsx");
    if (has_member(package, "Index/CalculationEngine") || has_member(package, "Index/Tables/"))
        text = BMS_TEXT("{file}: this is an Apple Numbers file; export it from Numbers as .xlsx");
    if (has_member(package, "Index/Slide") || has_member(package, "Index/MasterSlide") ||
        has_member(package, "Index/TemplateSlide"))
        text = BMS_TEXT("{file}: this is an Apple Keynote presentation, not a workbook");
    for (size_t i = 0; i + sizeof of_pages <= length; i++) {
        if (memcmp(start + i, of_pages, sizeof of_pages) == 0)
            text = BMS_TEXT("{file}: this is an Apple Pages document, not a workbook");
    }
    return bms_fault(reading, text, NULL);
}

enum bms_status bms_identify_refuse_package(bms_package *package, const bms_reading *reading) {
    size_t member = bms_package_find(package, "mimetype");
    char type[128] = "";
    size_t length = 0;
    if (member != BMS_NO_MEMBER) {
        enum bms_status status = bms_package_peek(package, member, type, sizeof type - 1, &length, reading);
        if (status)
            return status;
        type[length] = '\0';
    }
    if (strstr(type, "opendocument.spreadsheet")) {
        return bms_fault(
            reading,
            BMS_TEXT("{file}: this is an OpenDocument workbook (.ods); open it and save it as .xlsx"), NULL);
    }
    if (strstr(type, "opendocument"))
        return bms_fault(reading, BMS_TEXT("{file}: this is an OpenDocument file, not a workbook"), NULL);
    if (bms_package_find(package, "Index/Document.iwa") != BMS_NO_MEMBER ||
        bms_package_find(package, "Index.zip") != BMS_NO_MEMBER)
        return refuse_apple(package, reading);
    if (bms_package_find(package, "[Content_Types].xml") == BMS_NO_MEMBER) {
        return bms_fault(
            reading,
            has_member(package, "xl/")
                ? BMS_TEXT("{file}: this is a zip file, but not a workbook ([Content_Types].xml is missing)")
                : BMS_TEXT("{file}: this is a zip file in which no workbook was found; put the workbooks "
                           "themselves in the folder"),
            NULL);
    }
    return bms_fault(reading, BMS_TEXT("{file}: this is a zip file, but there is no workbook in it"), NULL);
}
