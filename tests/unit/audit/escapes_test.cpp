#include "proxy/audit/export.h"

#include <doctest/doctest.h>

#include <string>

namespace smartca::audit {

TEST_CASE("a cell that a spreadsheet would take for a formula has an apostrophe in front") {
    for (const std::string formula :
         {"=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\u00A0=1", "\u3000=1", "\u200B=1", "\uFEFF=1", "＝1+1",
          "＋1", "－1", "＠SUM(A1)", "\u202E=1"}) {
        CAPTURE(formula);
        CHECK(csvCellOf(formula) == "'" + formula);
    }
    CHECK(csvCellOf("\x01=1") == "'\x01=1");
}

TEST_CASE("what a spreadsheet that divides elsewhere would take for a formula has one, too") {
    CHECK(csvCellOf("A;=1+1") == "\"A;'=1+1\"");
    CHECK(csvCellOf("A; \u3000＝1;-2;b=3") == "\"A;' \u3000＝1;'-2;b=3\"");
    CHECK(csvCellOf(";=1") == "\";'=1\"");
    CHECK(csvCellOf("A\t=1") == "\"A\t'=1\"");
    CHECK(csvCellOf("A\r\n=1") == "\"A\r\n'=1\"");
    CHECK(csvCellOf("\t=1") == "\"'\t'=1\"");
    CHECK(csvCellOf("\rA") == "\"'\rA\"");
}

TEST_CASE("any other cell is what it was, in quotes where it has to be") {
    for (const std::string text : {"", "Đặng Đình Đức", "a=b", "1-2", "a@b.vn", "001099000001", "\xff"})
        CHECK(csvCellOf(text) == text);
    CHECK(csvCellOf("A, \"B\"") == "\"A, \"\"B\"\"\"");
}

TEST_CASE("nothing steers a terminal, breaks its line or turns its direction") {
    CHECK(forTerminal("\x1b[2J\n\x7f\xC2\x9B\u202E\u2066 Đức") ==
          "\\x1b[2J\\x0a\\x7f\\x9b\\u202e\\u2066 Đức");
    CHECK(forTerminal("\u2028\u2029\u0085\u061C\u00AD\uFEFF\u200B\U000E0041") ==
          "\\u2028\\u2029\\x85\\u061c\\xad\\ufeff\\u200b\\U000e0041");
    CHECK(forTerminal("a\xff\xC2") == "a\\xff\\xc2");
    CHECK(forTerminal("\uFFFD") == "\uFFFD");
}

TEST_CASE("a quoted text ends where its quotes do") {
    CHECK(quotedForTerminal("Đức") == "\"Đức\"");
    CHECK(quotedForTerminal("a\" by \"b\\") == R"("a\" by \"b\\")");
    CHECK(quotedForTerminal("\n") == R"("\x0a")");
    CHECK(quotedForTerminal(R"(\x0a)") == R"("\\x0a")");
}

}  // namespace smartca::audit
