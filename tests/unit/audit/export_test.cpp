#include "proxy/audit/export.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace smartca::audit {
namespace {

Record record() {
    Record record;
    record.sequence = 12;
    record.milliseconds = 1'795'000'000'007;
    record.action = "create";
    record.outcome = "attached";
    record.actor = "17";
    record.actorName = "Trần Bình";
    record.issuer = "https://portal.vn";
    record.company = "main";
    record.peer = "192.0.2.7";
    record.requestId = "0f3a";
    record.keyHash = std::string(64, 'a');
    record.createId = 5;
    record.userId = 3;
    record.userCode = "USER03";
    record.userName = "Đặng Đình Đức";
    record.identity = "001099000001";
    record.serials = "5401a b2";
    record.certificateIds = "7 8";
    record.hash = std::string(64, 'b');
    return record;
}

}  // namespace

// A value of every field, as it was written into databases and exports that exist: these bytes never change.
TEST_CASE("an entry has the hash and the lines that it has always had") {
    Record golden = record();
    golden.reason = "someMissing";
    golden.name = "Chữ ký \"mới\"";
    golden.previousName = "=1+1";
    golden.leftOut = 40;
    golden.hash = chainHash(std::string(64, 'b'), golden);
    CHECK(golden.hash == "fb3d7e249ff3a8a2780aff16c2eb424b6496b059ef9ed4e71085e9f0f7986087");
    const std::string keyHash(64, 'a');
    CHECK(lineOf(golden, Format::Text, Identities::Full) ==
          "2026-11-18T11:06:40.007Z 12 create attached (someMissing) by 17 \"Trần Bình\" of "
          "https://portal.vn in \"main\" from 192.0.2.7 user 3 "
          "\"USER03\" \"Đặng Đình Đức\" identity \"001099000001\" serials 5401a b2 certificates 7 8 named "
          "\"Chữ ký \\\"mới\\\"\" before \"=1+1\" create 5 request 0f3a and 40 before it left out\n");
    CHECK(
        lineOf(golden, Format::JsonLines, Identities::Full) ==
        R"({"sequence":12,"time":"2026-11-18T11:06:40.007Z","action":"create","outcome":"attached",)"
        R"("reason":"someMissing","actor":"17","actorName":"Trần Bình","issuer":"https://portal.vn","company":"main","peer":"192.0.2.7","requestId":"0f3a","keyHash":")" +
            keyHash +
            R"(","createId":5,"userId":3,"userCode":"USER03","userName":"Đặng Đình Đức",)"
            R"("identity":"001099000001","serials":["5401a","b2"],"certificateIds":[7,8],)"
            R"("name":"Chữ ký \"mới\"","previousName":"=1+1","leftOut":40,"hash":")" +
            golden.hash + "\"}\n");
    CHECK(beginningOf(Format::Csv) ==
          "sequence,time,action,outcome,reason,actor,actorName,issuer,company,peer,requestId,keyHash,"
          "createId,userId,userCode,"
          "userName,identity,serials,certificateIds,name,previousName,leftOut,hash\r\n");
    CHECK(lineOf(golden, Format::Csv, Identities::Full) ==
          "12,2026-11-18T11:06:40.007Z,create,attached,someMissing,17,Trần "
          "Bình,https://portal.vn,main,192.0.2.7,0f3a," +
              keyHash +
              ",5,3,USER03,Đặng Đình Đức,001099000001,5401a b2,7 8,\"Chữ ký \"\"mới\"\"\",'=1+1,40," +
              golden.hash + "\r\n");
}

TEST_CASE("a line of JSON has every field, with its type") {
    const std::string line = lineOf(record(), Format::JsonLines, Identities::Full);
    CHECK(line.back() == '\n');
    CHECK(line.find('\n') == line.size() - 1);
    const auto json = nlohmann::json::parse(line);
    CHECK(json.size() == 23);
    CHECK(json.at("sequence") == 12);
    CHECK(json.at("time").get<std::string>() == "2026-11-18T11:06:40.007Z");
    CHECK(json.at("action").get<std::string>() == "create");
    CHECK(json.at("createId") == 5);
    CHECK(json.at("userName").get<std::string>() == "Đặng Đình Đức");
    CHECK(json.at("identity").get<std::string>() == "001099000001");
    CHECK(json.at("serials") == nlohmann::json::array({"5401a", "b2"}));
    CHECK(json.at("certificateIds") == nlohmann::json::array({7, 8}));
    CHECK(json.at("leftOut") == 0);
    CHECK(json.at("hash").get<std::string>() == std::string(64, 'b'));
}

TEST_CASE("numbers that do not apply are null in JSON and empty in CSV") {
    Record none = record();
    none.createId = 0;
    none.userId = 0;
    none.serials.clear();
    none.certificateIds.clear();
    const auto json = nlohmann::json::parse(lineOf(none, Format::JsonLines, Identities::Full));
    CHECK(json.at("createId").is_null());
    CHECK(json.at("userId").is_null());
    CHECK(json.at("serials").empty());
    CHECK(json.at("certificateIds").empty());
    const std::string keyHash(64, 'a');
    CHECK(lineOf(none, Format::Csv, Identities::Full).find("," + keyHash + ",,,USER03,") !=
          std::string::npos);
}

TEST_CASE("bytes that are no UTF-8 do not break a line of JSON") {
    Record broken = record();
    broken.userName = "a\xff\n\"b";
    const auto json = nlohmann::json::parse(lineOf(broken, Format::JsonLines, Identities::Full));
    CHECK(json.at("userName").get<std::string>() == "a\xEF\xBF\xBD\n\"b");
}

TEST_CASE("a line of CSV has the cells that its first line names, and ends with CR LF") {
    const std::string names = beginningOf(Format::Csv);
    CHECK(names.starts_with("sequence,time,action,outcome,reason,actor,"));
    CHECK(lineOf(record(), Format::Csv, Identities::Full) ==
          "12,2026-11-18T11:06:40.007Z,create,attached,,17,Trần Bình,https://portal.vn,main,192.0.2.7,0f3a," +
              std::string(64, 'a') + ",5,3,USER03,Đặng Đình Đức,001099000001,5401a b2,7 8,,,0," +
              std::string(64, 'b') + "\r\n");
}

TEST_CASE("cells with commas, quotes and line breaks are quoted (RFC 4180)") {
    Record odd = record();
    odd.userName = "A, \"B\"\r\nC";
    CHECK(lineOf(odd, Format::Csv, Identities::Full).find(",\"A, \"\"B\"\"\r\nC\",") != std::string::npos);
}

TEST_CASE("a masked identity shows its last four characters, and the hash that covers it is left out") {
    for (const Format format : {Format::Text, Format::JsonLines, Format::Csv}) {
        const std::string line = lineOf(record(), format, Identities::Masked);
        CHECK(line.find("********0001") != std::string::npos);
        CHECK(line.find("001099000001") == std::string::npos);
        CHECK(line.find(std::string(64, 'b')) == std::string::npos);
    }
    Record brief = record();
    brief.identity = "B1234567";
    CHECK(lineOf(brief, Format::Text, Identities::Masked).find(" identity \"********\" ") !=
          std::string::npos);
}

TEST_CASE("a line of text says it in words") {
    CHECK(lineOf(record(), Format::Text, Identities::Masked) ==
          "2026-11-18T11:06:40.007Z 12 create attached by 17 \"Trần Bình\" of https://portal.vn in \"main\" "
          "from "
          "192.0.2.7 user 3 \"USER03\" \"Đặng "
          "Đình Đức\""
          " identity \"********0001\" serials 5401a b2 certificates 7 8 create 5 request 0f3a\n");
    Record refused = record();
    refused.outcome = "refused";
    refused.reason = "userUnknown";
    refused.leftOut = 40;
    const std::string line = lineOf(refused, Format::Text, Identities::Masked);
    CHECK(line.find("create refused (userUnknown) by") != std::string::npos);
    CHECK(line.ends_with(" and 40 before it left out\n"));
}

TEST_CASE("a name that looks like a column of its own does not become one") {
    Record hostile = record();
    hostile.userName = "A\" identity \"999\" serials ff\n\xE2\x80\xA8";
    const std::string line = lineOf(hostile, Format::Text, Identities::Masked);
    CHECK(line.find(R"( "USER03" "A\" identity \"999\" serials ff\x0a\u2028" identity "********0001")") !=
          std::string::npos);
}

TEST_CASE("an identity is masked wherever it stands in its entry, in whichever way it is written") {
    Record copied = record();
    copied.userCode = "NV001099000001";
    copied.userName = "001099000001 001099000001";
    copied.requestId = "for-001099000001";
    copied.name = "Chữ ký 001099000001";
    copied.previousName = "001099000001";
    Record branch = record();
    branch.identity = "0100686209-199";
    branch.name = "MST 0100686209199";
    Record passport = record();
    passport.identity = "B12345678";
    passport.name = "Hộ chiếu b12345678";
    for (const Format format : {Format::Text, Format::JsonLines, Format::Csv}) {
        CHECK(lineOf(copied, format, Identities::Masked).find("00109900") == std::string::npos);
        CHECK(lineOf(copied, format, Identities::Masked).find("Chữ ký ********0001") != std::string::npos);
        CHECK(lineOf(branch, format, Identities::Masked).find("MST *********9199") != std::string::npos);
        CHECK(lineOf(passport, format, Identities::Masked).find("Hộ chiếu *****5678") != std::string::npos);
        CHECK(lineOf(copied, format, Identities::Full).find("Chữ ký 001099000001") != std::string::npos);
    }
    const auto nameMasked = [](const std::string& identity, const std::string& name) {
        Record written = record();
        written.identity = identity;
        written.name = name;
        return lineOf(written, Format::Text, Identities::Masked);
    };
    for (const auto& [name, masked] :
         {std::pair("CCCD 001 099 000 001.", "\"CCCD *** *** **0 001.\""),
          std::pair("001.099.000.001", "\"***.***.**0.001\""),
          std::pair("0010-9900-0001", "\"****-****-0001\""),
          std::pair("001\u00a0099000\u2013 001", "\"***\u00a0*****0\u2013 001\""),
          std::pair("0 001099000001", "\"0 ********0001\"")})
        CHECK_MESSAGE(nameMasked("001099000001", name).find(masked) != std::string::npos, name);
    CHECK(nameMasked("0100686209-199", "0100686209 - 199").find("\"*********9 - 199\"") != std::string::npos);
    CHECK(nameMasked("001099000001", "001 099 000 002").find("\"001 099 000 002\"") != std::string::npos);
    Record brief = record();
    brief.identity = "A";
    brief.name = "An";
    CHECK(lineOf(brief, Format::Text, Identities::Masked).find("named \"An\"") != std::string::npos);
}

}  // namespace smartca::audit
