# Turns files into one C source with a byte array for each:
#   cmake -DOUTPUT=out.c -DPREFIX=bms_sql -DFILES=a.sql;b.sql -P embed.cmake
# gives `const unsigned char bms_sql_a[]`, `const size_t bms_sql_a_size` and so on. The array ends with a zero byte,
# not counted in the size, so that text can be used as a C string.
set(source "#include <stddef.h>\n\n")
foreach(file IN LISTS FILES)
    get_filename_component(name "${file}" NAME_WE)
    string(MAKE_C_IDENTIFIER "${PREFIX}_${name}" symbol)
    file(READ "${file}" hex HEX)
    string(LENGTH "${hex}" digits)
    math(EXPR size "${digits} / 2")
    string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
    string(APPEND source "extern const unsigned char ${symbol}[];\nextern const size_t ${symbol}_size;\n")
    string(APPEND source "const unsigned char ${symbol}[] = {\n${hex}0x00};\nconst size_t ${symbol}_size = ${size};\n")
endforeach()
file(WRITE "${OUTPUT}" "${source}")
