#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "fixture.h"

using namespace smartca::http;
using namespace smartca::http::test;
namespace fs = std::filesystem;

namespace {

// A folder that is gone when the test is over.
struct Folder {
    Folder() : path(fs::temp_directory_path() / ("smartca-static-" + std::to_string(::getpid()))) {
        fs::remove_all(path);
        fs::create_directories(path / "assets");
    }
    ~Folder() { fs::remove_all(path); }
    void put(const std::string& name, const std::string& text) const {
        std::ofstream(path / name, std::ios::binary) << text;
    }
    fs::path path;
};

struct ServedPage {
    ServedPage() {
        folder.put("index.html", "<!doctype html>");
        folder.put("dialog.3f9a1c2b.wasm", "plain-wasm");
        folder.put("dialog.3f9a1c2b.wasm.br", "brotli");
        folder.put("dialog.3f9a1c2b.wasm.gz", "gzipped");
        folder.put("assets/loader.js", "export {}");
        folder.put("data.gz", "a file of its own");
        SiteOptions site;
        site.files = StaticFiles::load(folder.path.string()).value();
        running = std::make_unique<Running>(std::move(site));
    }
    Folder folder;
    std::unique_ptr<Running> running;
};

std::string etagIn(const Reply& reply) {
    const auto at = reply.text.find("ETag: ") + 6;
    return reply.text.substr(at, reply.text.find('\r', at) - at);
}

}  // namespace

TEST_CASE("the page's first file answers for '/', and is asked for anew each time") {
    const ServedPage page;
    const auto reply = page.running->ask(get("/"));
    CHECK(reply.status() == 200);
    CHECK(reply.has("Content-Type: text/html; charset=utf-8\r\n"));
    CHECK(reply.has("Cache-Control: no-cache\r\n"));
    CHECK(reply.has("<!doctype html>"));
}

TEST_CASE("the smallest form that a client takes is sent, with its own tag") {
    const ServedPage page;
    const auto path = "/dialog.3f9a1c2b.wasm";
    const auto plain = page.running->ask(get(path));
    const auto brotli = page.running->ask(get(path, "Accept-Encoding: gzip, deflate, br\r\n"));
    const auto gzip = page.running->ask(get(path, "Accept-Encoding: gzip;q=0.5, br;q=0\r\n"));
    CHECK(plain.has("plain-wasm"));
    CHECK(brotli.has("Content-Encoding: br\r\n"));
    CHECK(gzip.has("Content-Encoding: gzip\r\n"));
    for (const auto* reply : {&plain, &brotli, &gzip}) {
        CHECK(reply->has("Content-Type: application/wasm\r\n"));
        CHECK(reply->has("Cache-Control: public, max-age=31536000, immutable\r\n"));
        CHECK(reply->has("Vary: Accept-Encoding\r\n"));
    }
    CHECK(etagIn(plain) != etagIn(brotli));
}

TEST_CASE("a form that the client has already is not sent again") {
    const ServedPage page;
    const auto etag = etagIn(page.running->ask(get("/assets/loader.js")));
    const auto again =
        page.running->ask(get("/assets/loader.js", "If-None-Match: \"x\", W/" + etag + "\r\n"));
    CHECK(again.status() == 304);
    CHECK_FALSE(again.has("export"));
    CHECK(page.running->ask(get("/assets/loader.js", "If-None-Match: \"x\"\r\n")).status() == 200);
}

TEST_CASE("a compressed form has no path of its own, unless it is a file by itself") {
    const ServedPage page;
    CHECK(page.running->ask(get("/dialog.3f9a1c2b.wasm.br")).status() == 404);
    CHECK(page.running->ask(get("/data.gz")).status() == 200);
}

TEST_CASE("files take only GET and HEAD") {
    const ServedPage page;
    CHECK(page.running->ask(post("/index.html", "{}")).status() == 405);
    CHECK(page.running->ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", 200ms).status() == 200);
}

TEST_CASE("a link that leads out of the folder stops the start, and one that stays inside does not") {
    const Folder folder;
    folder.put("a.txt", "a");
    fs::create_symlink(folder.path / "a.txt", folder.path / "b.txt");
    CHECK(StaticFiles::load(folder.path.string()).ok());
    fs::create_symlink("/etc/hostname", folder.path / "c.txt");
    const auto files = StaticFiles::load(folder.path.string());
    REQUIRE_FALSE(files.ok());
    CHECK(files.error().find("c.txt") != std::string::npos);
}
