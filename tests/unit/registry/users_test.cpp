#include "fixture.h"

namespace smartca::registry {
namespace {

std::vector<UserId> idsOf(SqlRegistry& registry, const UserQuery& query) {
    auto page = registry.users(query);
    REQUIRE(page);
    std::vector<UserId> ids;
    for (const auto& user : page.value().items)
        ids.push_back(user.id);
    return ids;
}
std::vector<UserId> found(SqlRegistry& registry, const std::string& search) {
    return idsOf(registry, {.search = search});
}
using Ids = std::vector<UserId>;

}  // namespace

TEST_CASE_FIXTURE(Fixture, "users are listed by name, without regard to accents") {
    CHECK(found(registry, "") == Ids{3, 1, 2});
}

TEST_CASE_FIXTURE(Fixture, "a user is found by words of the name in any order, with or without accents") {
    CHECK(found(registry, "nguyen") == Ids{1});
    CHECK(found(registry, "văn NGUYỄN") == Ids{1});
    CHECK(found(registry, "ngoc bich tran") == Ids{2});
    CHECK(found(registry, "dang duc") == Ids{3});
    CHECK(found(registry, "nguyen ngoc").empty());
}

TEST_CASE_FIXTURE(Fixture, "a word that is being typed finds the words that begin with it") {
    CHECK(found(registry, "nguyễn v") == Ids{1});
    CHECK(found(registry, "bic") == Ids{2});
    CHECK(found(registry, "guyen").empty());
    CHECK(found(registry, "an").empty());
}

TEST_CASE_FIXTURE(Fixture, "a user is found by code and by phone, however its digits are grouped") {
    CHECK(found(registry, "user02") == Ids{2});
    CHECK(found(registry, "0919000333") == Ids{3});
    CHECK(found(registry, "0919.000.333") == Ids{3});
    CHECK(found(registry, "0919 000 333") == Ids{3});
}

TEST_CASE_FIXTURE(Fixture, "every word of a long name counts, and a short number is no part of a phone") {
    addUser(*store,
            {4, "USER14", "Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh", "0919000014"});
    addUser(*store, {5, "USER24", "Trường Tiểu học Số 4", "0919000024"});
    CHECK(found(registry, "Công ty Trách nhiệm Hữu hạn Một thành viên Du lịch Biển Xanh") == Ids{4});
    CHECK(found(registry, "Công ty Trách nhiệm Hữu hạn Một thành viên Thương mại Đông Á").empty());
    CHECK(found(registry, "Trường Tiểu học Số 4") == Ids{5});
    CHECK(found(registry, "trường 4") == Ids{5});
    CHECK(found(registry, "Trường Tiểu học Số 2").empty());
    CHECK(found(registry, "Trường Tiểu học Số 09").empty());
    std::string many;  // as many as an address can hold
    for (char first = 'a'; first <= 'z'; ++first)
        many += std::string(1, first) + '1' + ' ' + first + ' ';
    CHECK(found(registry, many).empty());
}

TEST_CASE_FIXTURE(Fixture, "wildcards of SQL are ordinary characters in a search") {
    addUser(*store, {4, "100%", "Phần_trăm", ""});
    CHECK(found(registry, "100%") == Ids{4});
    CHECK(found(registry, "phan_tram") == Ids{4});
    CHECK(found(registry, "%").empty());
    CHECK(found(registry, "user_1").empty());
    CHECK(found(registry, "'; --").empty());
    CHECK(found(registry, "\"*\\").empty());
}

TEST_CASE_FIXTURE(Fixture, "a page has its part of the rows and the counts of all") {
    auto page = registry.users({.search = "0919", .page = 2, .pageSize = 2});
    REQUIRE(page);
    CHECK(page.value().items.size() == 1);
    CHECK(page.value().items[0].id == 2);
    CHECK(page.value().totalCount == 3);
    CHECK(page.value().allCount == 3);

    auto beyond = registry.users({.search = "nguyen", .page = 1'000'000, .pageSize = 1000});
    REQUIRE(beyond);
    CHECK(beyond.value().items.empty());
    CHECK(beyond.value().totalCount == 1);
    CHECK(beyond.value().allCount == 3);
}

TEST_CASE_FIXTURE(Fixture, "up to 1000 users are counted; of more, each page tells whether another follows") {
    {
        const CompanyId company = companyIn(*store);
        store::Store::Writer writer = store->write();
        store::Transaction transaction(writer.database(), store::TransactionKind::Write);
        for (UserId id = 100; id < 1'112; ++id)
            REQUIRE(insertUser(writer.database(), company,
                               {.id = id, .code = std::to_string(id), .name = "Nhiều"}));
        REQUIRE(transaction.commit());
    }
    const auto users = [&](const UserQuery& query) { return registry.users(query).value(); };
    CHECK(users({.search = "nguyen"}).totalCount == 1);
    CHECK(users({.search = "nguyen"}).allCount > kMostCounted);
    CHECK(users({.search = "nhieu", .page = 2, .pageSize = 20}).items.size() == 20);
    CHECK(users({.search = "nhieu", .page = 50, .pageSize = 20}).totalCount > kMostCounted);
    CHECK(users({.page = 50, .pageSize = 20}).totalCount > kMostCounted);
    CHECK(users({.page = 51, .pageSize = 20}).totalCount == 1'015);
}

TEST_CASE_FIXTURE(Fixture, "pages and sizes out of range are drawn into range") {
    auto page = registry.users({.page = -5, .pageSize = 0});
    REQUIRE(page);
    CHECK(page.value().page == 1);
    CHECK(page.value().pageSize == 1);
    CHECK(page.value().items.size() == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "who is meant stands first: the whole name, its beginning, a word in it, the rest") {
    addUser(*store, {10, "X10", "Bùi An Nguyễn", ""});
    addUser(*store, {11, "X11", "Bùi Nguyễn An", ""});
    addUser(*store, {12, "X12", "Nguyễn An", ""});
    addUser(*store, {13, "X13", "Nguyễn An Khang", ""});
    CHECK(found(registry, "nguyễn an") == Ids{12, 13, 11, 10});
    CHECK(found(registry, "NGUYEN AN") == Ids{12, 13, 11, 10});
    CHECK(found(registry, "an") == Ids{10, 11, 12, 13});
}

TEST_CASE_FIXTURE(Fixture, "a whole code or phone stands before those that hold it") {
    addUser(*store, {10, "USER2", "Zoe", "0900 000 001"});
    addUser(*store, {11, "USER21", "Anna", "0900 000 0012"});
    CHECK(found(registry, "user2").front() == 10);
    CHECK(found(registry, "0900000001").front() == 10);
    CHECK(found(registry, "0900.000.001").front() == 10);
}

TEST_CASE_FIXTURE(Fixture, "accents that were typed tell names apart that are alike without them") {
    addUser(*store, {10, "X10", "Tran Duc Anh", ""});
    addUser(*store, {11, "X11", "Trần Đức Anh", ""});
    CHECK(found(registry, "trần đức") == Ids{11, 10});
    CHECK(found(registry, "TRẦN").front() != 10);
    CHECK(found(registry, "tran duc") == Ids{10, 11});
}

TEST_CASE_FIXTURE(Fixture, "users of the same name stand in a stable order") {
    for (UserId id = 10; id < 16; ++id)
        addUser(*store, {id, "SAME" + std::to_string(id), "Lê An", ""});
    Ids ids;
    for (int page = 1; page <= 3; ++page) {
        for (const UserId id : idsOf(registry, {.search = "le an", .page = page, .pageSize = 2}))
            ids.push_back(id);
    }
    CHECK(ids == Ids{10, 11, 12, 13, 14, 15});
}

TEST_CASE_FIXTURE(Fixture, "a user comes with everything the dialog shows, and the number of certificates") {
    attachOne(1, certificate("01"));
    attachOne(1, certificate("02"));
    auto user = registry.user(1);
    REQUIRE(user);
    CHECK(user.value().code == "USER01");
    CHECK(user.value().name == "Nguyễn Văn A");
    CHECK(user.value().phone == "0919 000 111");
    CHECK(user.value().certificateCount == 2);
    CHECK(registry.users({.search = "user01"}).value().items[0].certificateCount == 2);
}

TEST_CASE_FIXTURE(Fixture, "an unknown user is not found") {
    CHECK(registry.user(99).error().code == ProblemCode::NotFound);
    CHECK(registry.userSettings(99).error().code == ProblemCode::NotFound);
    CHECK(registry.userImage(99).error().code == ProblemCode::NotFound);
}

TEST_CASE_FIXTURE(Fixture, "settings that say nothing are absent, not empty") {
    CHECK(registry.companySettings().value() == SignatureSettings{});
    CHECK(registry.userSettings(1).value() == SignatureSettings{});
    CHECK(registry.companyImage().error().code == ProblemCode::NotFound);
    CHECK(registry.userImage(1).error().code == ProblemCode::NotFound);
}

TEST_CASE_FIXTURE(Fixture,
                  "settings and images come back as they were put in, and equal images are kept once") {
    {
        const CompanyId company = companyIn(*store);
        store::Store::Writer writer = store->write();
        const StoredSettings settings{"Ký bởi: {{SubjectDN.CN}}\r\n", DisplayMode::ImageOnly, image("bytes")};
        REQUIRE(setCompanySettings(writer.database(), company, settings));
        REQUIRE(insertUser(writer.database(), company,
                           {.id = 9, .code = "U9", .name = "Chín", .settings = settings}));
    }
    auto company = registry.companySettings();
    REQUIRE(company);
    CHECK(company.value().text == "Ký bởi: {{SubjectDN.CN}}\r\n");
    CHECK(company.value().mode == DisplayMode::ImageOnly);
    CHECK(company.value().image == StoredImage{"company/signature-image", "signature.png", 640, 420, 5});
    CHECK(registry.userSettings(9).value().image->path == "users/9/signature-image");
    CHECK(registry.userImage(9).value() == image("bytes"));
    CHECK(registry.companyImage().value() == image("bytes"));
    CHECK(count("images") == 1);
}

}  // namespace smartca::registry
