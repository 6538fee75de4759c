#include "proxy/http/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "proxy/base/file.h"
#include "proxy/http/response.h"
#include "shared/text.h"

namespace smartca::http {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaximumFile = 32u << 20;
constexpr std::uintmax_t kMaximumTotal = 128u << 20;

std::string_view mediaTypeOf(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kTypes = {{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".wasm", "application/wasm"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".ttf", "font/ttf"},
        {".txt", "text/plain; charset=utf-8"},
        {".ts", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    }};
    for (const auto& [ending, type] : kTypes) {
        if (name.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

bool isHexadecimal(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool carriesHash(std::string_view name) {
    for (auto end = name.find_first_of(".-"); end != std::string_view::npos; end = name.find_first_of(".-")) {
        if (end >= 8 && isHexadecimal(name.substr(0, end))) return true;
        name.remove_prefix(end + 1);
    }
    return false;
}

bool isServable(std::string_view path) {
    return std::all_of(path.begin(), path.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '.' || c == '-' || c == '_' || c == '/';
    });
}

bool isBelow(const fs::path& root, const fs::path& file) {
    std::error_code error;
    const auto real = fs::canonical(file, error);
    if (error) return false;
    const auto [end, ignored] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
    return end == root.end();
}

bool accepts(const std::vector<WeightedItem>& codings, std::string_view name) {
    return std::any_of(codings.begin(), codings.end(),
                       [name](const WeightedItem& item) { return item.name == name && item.weight > 0; });
}

}  // namespace

Result<StaticFiles, std::string> StaticFiles::load(const std::string& directory) {
    std::error_code error;
    const auto root = fs::canonical(directory, error);
    if (error || !fs::is_directory(root))
        return "There is no folder " + directory + "; build the web files and install them there.";
    StaticFiles result;
    std::unordered_map<std::string, std::shared_ptr<const std::string>> contents;
    std::uintmax_t total = 0;
    for (auto entry = fs::recursive_directory_iterator(root, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (!entry->is_regular_file(error)) continue;
        const auto path = "/" + fs::relative(entry->path(), root, error).generic_string();
        if (!isBelow(root, entry->path()))
            return entry->path().string() + " is a link that leads out of " + directory +
                   "; it is not served.";
        if (!isServable(path))
            return "The name of " + entry->path().string() +
                   " has characters that are not served; use ASCII letters, digits, '.', '-' and '_'.";
        const auto size = entry->file_size(error);
        total += size;
        if (size > kMaximumFile || total > kMaximumTotal)
            return directory + " holds more than can be kept in memory (32 MB a file, 128 MB together).";
        auto bytes = base::readFile(entry->path());
        if (!bytes) return "Cannot read " + entry->path().string() + ".";
        contents[path] = std::make_shared<const std::string>(*std::move(bytes));
    }
    if (error) return "Cannot list " + directory + ": " + error.message() + ".";

    const auto formAt = [&](const std::string& path) {
        const auto found = contents.find(path);
        return found == contents.end() ? StaticFile::Form{}
                                       : StaticFile::Form{found->second, etagOf(*found->second)};
    };
    for (const auto& [path, bytes] : contents) {
        const bool compressed = path.ends_with(".br") || path.ends_with(".gz");
        if (compressed && contents.contains(path.substr(0, path.size() - 3))) continue;
        const auto name = std::string_view(path).substr(path.rfind('/') + 1);
        result.files_[path] = StaticFile{formAt(path), formAt(path + ".gz"), formAt(path + ".br"),
                                         std::string(mediaTypeOf(name)), carriesHash(name)};
    }
    const auto index = result.files_.find("/index.html");
    if (index != result.files_.end()) result.files_["/"] = index->second;
    return result;
}

const StaticFile* StaticFiles::find(std::string_view path) const {
    const auto found = files_.find(std::string(path));
    return found == files_.end() ? nullptr : &found->second;
}

Response StaticFiles::answer(const StaticFile& file, const RequestHead& head) {
    Response response;
    response.outcome = "ok";
    const auto codings = weightedList(head.header("accept-encoding"));
    const StaticFile::Form* form = &file.plain;
    std::string_view coding;
    if (file.brotli.bytes && accepts(codings, "br")) {
        form = &file.brotli;
        coding = "br";
    } else if (file.gzip.bytes && accepts(codings, "gzip")) {
        form = &file.gzip;
        coding = "gzip";
    }
    response.headers.emplace_back("ETag", form->etag);
    response.headers.emplace_back("Cache-Control",
                                  file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.brotli.bytes || file.gzip.bytes) response.headers.emplace_back("Vary", "Accept-Encoding");
    if (matchesEtag(head.header("if-none-match"), form->etag)) {
        response.status = 304;
        response.outcome = "notModified";
        return response;
    }
    if (!coding.empty()) response.headers.emplace_back("Content-Encoding", coding);
    response.contentType = file.mediaType;
    response.body = form->bytes;
    return response;
}

}  // namespace smartca::http
