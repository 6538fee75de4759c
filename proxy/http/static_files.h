// The page's files, from a table that is made once at start: a request's path is looked up, never opened, so
// that no traversal, encoding or symlink trick has anything to work on.
//
// name.br and name.gz beside a file are its compressed forms. A name that carries a hash of its content
// (eight or more hexadecimal digits between '.' or '-') may be kept by browsers forever.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "proxy/http/message.h"
#include "shared/result.h"

namespace smartca::http {

class StaticFiles {
  public:
    StaticFiles() = default;  // no file at all

    // Reads every regular file below `directory` into memory. Refused: links that lead outside, files over 32
    // MB, more than 128 MB together. Errors are sentences for the operator.
    static Result<StaticFiles, std::string> load(const std::string& directory);

    bool has(std::string_view path) const { return files_.contains(std::string(path)); }
    // The file at that path ("/" is "/index.html"); 404 without a body when there is none.
    Response answer(const RequestHead& head) const;
    std::size_t size() const { return files_.size(); }

  private:
    struct Form {
        std::shared_ptr<const std::string> bytes;  // null: not there
        std::string etag;
    };
    struct File {
        Form plain, gzip, brotli;
        std::string mediaType;
        bool immutable = false;
    };
    std::unordered_map<std::string, File> files_;
};

}  // namespace smartca::http
