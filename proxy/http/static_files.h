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

struct StaticFile {
    struct Form {
        std::shared_ptr<const std::string> bytes;  // null: not there
        std::string etag;
    };
    Form plain, gzip, brotli;
    std::string mediaType;
    bool immutable = false;
};

class StaticFiles {
  public:
    StaticFiles() = default;  // no file at all

    // Reads every regular file below `directory` into memory. Refused: links that lead outside, files over 32
    // MB, more than 128 MB together. Errors are sentences for the operator.
    static Result<StaticFiles, std::string> load(const std::string& directory);

    // Null: there is none at that path ("/" is "/index.html"). Valid as long as this object.
    const StaticFile* find(std::string_view path) const;
    // In the smallest form that the client takes; 304 when it has that already.
    static Response answer(const StaticFile& file, const RequestHead& head);

  private:
    std::unordered_map<std::string, StaticFile> files_;
};

}  // namespace smartca::http
