#include "proxy/store/database.h"

#include "../registry/fixture.h"

namespace smartca::store {

using namespace registry;  // for its fixture

namespace {

struct Letters {
    Place place;
    Database database = place.connect();

    Letters() {
        REQUIRE(
            database.execute("CREATE TABLE letters(letter TEXT UNIQUE) STRICT;"
                             "INSERT INTO letters VALUES ('a'), ('b'), ('c')"));
    }
    std::int64_t count() { return database.number("SELECT count(*) FROM letters").value(); }
};

constexpr const char* kAll = "SELECT letter FROM letters ORDER BY letter";
constexpr const char* kAdd = "INSERT INTO letters VALUES (?)";

}  // namespace

TEST_CASE_FIXTURE(Letters, "what our searches ask of a database means the same in both") {
    const auto isTrue = [&](const char* condition) {
        return database.number(std::string("SELECT CASE WHEN ") + condition + " THEN 1 ELSE 0 END").value() ==
               1;
    };
    CHECK(isTrue("contains('Nguyễn', 'ễ')"));
    CHECK(isTrue("contains('abc', 'abc')"));
    CHECK(isTrue("contains('abc', '')"));
    CHECK_FALSE(isTrue("contains('abc', 'B')"));
    CHECK_FALSE(isTrue("contains('', 'a')"));
    CHECK(database
              .number("SELECT count_distinct(n) FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 1"
                      " UNION ALL SELECT NULL) numbers")
              .value() == 2);
    CHECK(database.number("SELECT count_distinct(n) FROM (SELECT 1 AS n) numbers WHERE n > 1").value() == 0);
}

TEST_CASE_FIXTURE(Letters, "two statements of the same words walk on their own") {
    Statement outer(database, kAll);
    std::string seen;
    while (outer.next()) {
        Statement inner(database, kAll);
        while (inner.next())
            seen += outer.text(0) + inner.text(0) + ' ';
    }
    CHECK(seen == "aa ab ac ba bb bc ca cb cc ");
}

TEST_CASE_FIXTURE(Letters, "a statement that was left in the middle begins anew for the next one") {
    {
        Statement left(database, kAll);
        REQUIRE(left.next());
    }
    Statement anew(database, kAll);
    REQUIRE(anew.next());
    CHECK(anew.text(0) == "a");
}

TEST_CASE_FIXTURE(Letters, "a value that was bound is not there for the next statement of the same words") {
    constexpr const char* kIsNull = "SELECT ? || '' IS NULL";
    {
        Statement given(database, kIsNull);
        given.bind("x");
        REQUIRE(given.next());
        CHECK(given.number(0) == 0);
    }
    Statement blank(database, kIsNull);
    REQUIRE(blank.next());
    CHECK(blank.number(0) == 1);
}

TEST_CASE_FIXTURE(Letters, "a refused statement does not refuse the next one of the same words") {
    CHECK(Statement(database, kAdd).bind("a").run().error().isConstraint());
    CHECK(Statement(database, kAdd).bind("d").run());
    CHECK(count() == 4);
}

TEST_CASE_FIXTURE(Letters, "a statement left in the middle holds no transaction open") {
    {
        Statement left(database, kAll);
        REQUIRE(left.next());
    }
    CHECK(database.execute("DROP TABLE letters"));
}

TEST_CASE_FIXTURE(Letters, "words that are no statement are told, each time") {
    for (int time = 0; time < 2; ++time) {
        Statement wrong(database, "SELEKT 1");
        CHECK_FALSE(wrong.next());
        REQUIRE(wrong.failed());
        CHECK(wrong.error().reason.find("SELEKT") != std::string::npos);
    }
}

TEST_CASE_FIXTURE(Letters, "any number of different statements may be asked, one after the other") {
    for (int number = 0; number < 1000; ++number)
        CHECK(database.number("SELECT " + std::to_string(number)).value() == number);
}

}  // namespace smartca::store
