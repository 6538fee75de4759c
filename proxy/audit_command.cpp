#include "proxy/audit_command.h"

#include <functional>
#include <memory>

#include "proxy/audit/export.h"
#include "proxy/audit/filter.h"
#include "proxy/audit/reader.h"
#include "proxy/audit_query.h"
#include "proxy/ops/secret.h"
#include "proxy/output.h"

namespace smartca {
namespace {

constexpr int kWhole = 0;
constexpr int kChanged = 1;
constexpr int kCannot = 2;

Ending endOf(Output& output, int status) {
    if (output.flush() || output.end() == Output::End::ReaderLeft) return {status, {}};
    return {kCannot, "the output could not be written: " + output.reason()};
}

Ending exportTo(Output& output, audit::Reader& reader, const Query& query) {
    static_cast<void>(output.put(audit::beginningOf(query.format)));
    bool any = false;
    const auto read = reader.each([&](const audit::Record& record) {
        if (!fits(query.filter, record)) return true;
        any = true;
        return output.put(lineOf(record, query.format, query.identities));
    });
    if (!read) {
        static_cast<void>(output.flush());
        return {kCannot, read.error()};
    }
    if (!any && query.format == audit::Format::Text) return {kWhole, "No entry fits."};
    return endOf(output, kWhole);
}

Ending verify(Output& output, audit::Reader& reader, const Query& query) {
    const auto verdict = reader.verify(query.anchor);
    if (!verdict) return {kCannot, verdict.error()};
    const auto& found = verdict.value();
    const std::string count = std::to_string(found.entries);
    if (!found.fault.empty()) {
        static_cast<void>(output.put("The audit log was changed: " + found.fault + ". The " + count +
                                     " entries before that fit.\n"));
        return endOf(output, kChanged);
    }
    static_cast<void>(output.put("The chain of " + count + " entries is whole.\nhead " +
                                 std::to_string(found.head.sequence) + ":" + found.head.hash + "\n"));
    return endOf(output, kWhole);
}

// Of a server; null: none was given.
Result<std::unique_ptr<ops::Secret>, ops::SecretFault> passwordOf(const Query& query,
                                                                  const ops::Environment& environment) {
    const ops::SecretSource source{.what = "the database's password",
                                   .option = "--database-password-file",
                                   .file = query.databasePasswordFile,
                                   .variable = "SMARTCA_DATABASE_PASSWORD"};
    if (source.file.empty() && !environment(source.variable)) return std::unique_ptr<ops::Secret>();
    return ops::Secret::open(source);
}

}  // namespace

Ending runAudit(const std::vector<std::string>& arguments, const ops::Environment& environment, int fd) {
    const auto query = readQuery(arguments, environment);
    if (!query) return {kCannot, query.error()};
    Output output(fd);
    if (query.value().task == Task::Help) {
        static_cast<void>(output.put(queryHelp()));
        return endOf(output, kWhole);
    }
    const auto password = passwordOf(query.value(), environment);
    if (!password) return {kCannot, password.error().sentence};
    std::function<std::string()> ask;
    if (password.value()) ask = [&password] { return password.value()->value(); };
    auto reader = audit::Reader::open(query.value().database, ask);
    if (!reader) return {kCannot, "--database: " + reader.error()};
    return query.value().task == Task::Verify ? verify(output, reader.value(), query.value())
                                              : exportTo(output, reader.value(), query.value());
}

}  // namespace smartca
