#include <doctest/doctest.h>

#include <sys/resource.h>

#include <cstdlib>

#include "folder.h"
#include "proxy/ops/secret.h"

using namespace smartca::ops;
using namespace smartca::ops::test;

namespace {

std::string refusalOf(const std::string& file) {
    const auto secret = readSecretFile(file);
    return secret ? "accepted" : secret.error().sentence;
}

}  // namespace

TEST_CASE("one line break at the end of a secret file is not part of the secret") {
    const Folder folder;
    CHECK(readSecretFile(folder.put("a", "geheim\n")).value() == "geheim");
    CHECK(readSecretFile(folder.put("b", "geheim\r\n")).value() == "geheim");
    CHECK(readSecretFile(folder.put("c", " mật khẩu ")).value() == " mật khẩu ");
}

TEST_CASE(
    "a secret file that others can use, or that holds no plain secret, is refused without showing what is in "
    "it") {
    const Folder folder;
    for (const mode_t mode : {0640u, 0604u, 0620u, 0777u})
        CHECK(refusalOf(folder.put("a", "geheim", mode)).find("chmod 600") != std::string::npos);
    for (const auto* bytes : {"geheim\n\n", "geheim\nzwei", "\xEF\xBB\xBFgeheim", "geheim\x1b", "", "\n"}) {
        const auto refusal = refusalOf(folder.put("b", bytes));
        CHECK(refusal != "accepted");
        CHECK(refusal.find("geheim") == std::string::npos);
    }
    CHECK(refusalOf(folder.put("c", std::string(5000, 'a'))).find("4096") != std::string::npos);
    CHECK(refusalOf(folder.at("absent")).find("Cannot read") != std::string::npos);
    CHECK(refusalOf("/tmp").find("not a regular file") != std::string::npos);
}

TEST_CASE("a replaced secret file counts from the next look on") {
    const Folder folder;
    const auto file = folder.put("a", "old");
    auto opened = Secret::open({.what = "it", .file = file});
    REQUIRE(opened.ok());
    auto& secret = *opened.value();
    CHECK(secret.refresh() == Secret::Refresh::Unchanged);
    folder.put("a", "new");
    CHECK(secret.refresh() == Secret::Refresh::Replaced);
    CHECK(secret.value() == "new");
    CHECK(secret.refresh() == Secret::Refresh::Unchanged);
}

TEST_CASE("a broken or missing new file leaves the old secret, is told once, and can be mended") {
    const Folder folder;
    const auto file = folder.put("a", "old");
    auto opened = Secret::open({.what = "it", .file = file});
    REQUIRE(opened.ok());
    auto& secret = *opened.value();
    folder.put("a", "");
    CHECK(secret.refresh() == Secret::Refresh::Broken);
    CHECK(secret.refresh() == Secret::Refresh::Unchanged);
    std::filesystem::remove(file);
    CHECK(secret.refresh() == Secret::Refresh::Broken);
    CHECK(secret.value() == "old");
    folder.put("a", "mended");
    CHECK(secret.refresh() == Secret::Refresh::Replaced);
    CHECK(secret.value() == "mended");
}

TEST_CASE("a new file that could not be read at first counts once it can, though it has not changed again") {
    const Folder folder;
    auto opened = Secret::open({.what = "it", .file = folder.put("a", "old")});
    REQUIRE(opened.ok());
    auto& secret = *opened.value();
    folder.put("a", "new");
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{0, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);  // no descriptor is free
    const auto refused = secret.refresh();
    const auto again = secret.refresh();
    ::setrlimit(RLIMIT_NOFILE, &before);
    CHECK(refused == Secret::Refresh::Broken);
    CHECK(again == Secret::Refresh::Unchanged);
    CHECK(secret.value() == "old");
    CHECK(secret.refresh() == Secret::Refresh::Replaced);
    CHECK(secret.value() == "new");
}

TEST_CASE("a document is taken as it is, and what cannot be taken up is told like a broken file") {
    const Folder folder;
    const std::string large = "{\n\t" + std::string(5000, 'a') + "}\n";
    std::string taken;
    const SecretSource source{.what = "the keys",
                              .option = "--keys-file",
                              .file = folder.put("keys", large),
                              .lines = SecretLines::Document,
                              .take = [&taken](std::string_view text) -> std::optional<std::string> {
                                  if (!text.starts_with('{')) return "it has no key";
                                  taken = text;
                                  return std::nullopt;
                              }};
    const auto keys = Secret::open(source);
    REQUIRE(keys.ok());
    CHECK(taken == large);
    folder.put("keys", "geheim");
    CHECK(keys.value()->refresh() == Secret::Refresh::Broken);
    CHECK(keys.value()->fault() == source.file + ": it has no key.");
    CHECK(keys.value()->value() == large);
    CHECK_FALSE(Secret::open(source).ok());
    folder.put("keys", "{}");
    CHECK(keys.value()->refresh() == Secret::Refresh::Replaced);
    CHECK(taken == "{}");
    folder.put("keys", std::string(65 * 1024, '{'));
    CHECK(keys.value()->refresh() == Secret::Refresh::Broken);
}

TEST_CASE("a swap of the folder's link, as Kubernetes does it, is seen") {
    const Folder folder;
    std::filesystem::create_directories(folder.at("v1"));
    std::filesystem::create_directories(folder.at("v2"));
    folder.put("v1/a", "one");
    folder.put("v2/a", "two");
    std::filesystem::create_directory_symlink("v1", folder.at("data"));
    auto opened = Secret::open({.what = "it", .file = folder.at("data/a")});
    REQUIRE(opened.ok());
    std::filesystem::create_directory_symlink("v2", folder.at("data.new"));
    std::filesystem::rename(folder.at("data.new"), folder.at("data"));
    CHECK(opened.value()->refresh() == Secret::Refresh::Replaced);
    CHECK(opened.value()->value() == "two");
}

TEST_CASE("a secret from the environment is gone from it afterwards") {
    ::setenv("SMARTCA_TEST_SECRET", "geheim", 1);
    const char* place = std::getenv("SMARTCA_TEST_SECRET");
    const auto opened = Secret::open({.what = "it", .variable = "SMARTCA_TEST_SECRET"});
    REQUIRE(opened.ok());
    CHECK(opened.value()->value() == "geheim");
    CHECK(std::getenv("SMARTCA_TEST_SECRET") == nullptr);
    CHECK(std::string(place).empty());
}

TEST_CASE("without any source the message says which file or variable is wanted") {
    const auto opened = Secret::open({.what = "the SmartCA password", .variable = "SMARTCA_NOT_SET"});
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().sentence.find("SMARTCA_NOT_SET") != std::string::npos);
}

TEST_CASE("tokens are one or two lines of at least 32 visible characters; anything else lets nobody in") {
    const std::string a(32, 'a');
    const std::string b(64, 'b');
    CHECK(tokensIn(a) == std::vector<std::string>{a});
    CHECK(tokensIn(a + "\r\n\n" + b + "\n") == std::vector<std::string>{a, b});
    CHECK(tokensIn(a + "\n" + b + "\n" + a).empty());
    CHECK(tokensIn(a + "\nshort").empty());
    CHECK(tokensIn(std::string(32, ' ')).empty());
    CHECK(tokensIn("").empty());
}

TEST_CASE("a file is private where only its owner can use it, or root's group may read it") {
    constexpr uid_t kService = 977;
    CHECK(isPrivate(0600, kService, kService));
    CHECK(isPrivate(0400, 0, kService));
    CHECK(isPrivate(0440, 0, kService));
    CHECK(isPrivate(0640, 0, kService));
    CHECK_FALSE(isPrivate(0440, kService, kService));
    CHECK_FALSE(isPrivate(0444, 0, kService));
    CHECK_FALSE(isPrivate(0660, 0, kService));
    CHECK_FALSE(isPrivate(0440, 0, 0));
}
