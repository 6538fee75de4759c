// A secret that comes from a file or, once at start, from the environment, and that may be replaced while the
// proxy runs.
//
//   auto password = Secret::open({.what = "the SmartCA password", .file = path, .variable =
//   "SMARTCA_SP_PASSWORD"});
//   ...
//   password.value()->refresh();   // every second: a changed file counts, a broken one does not
//   use(password.value()->value());
//
// Threads: value() from any, refresh() from one.
#pragma once

#include <sys/stat.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "shared/result.h"

namespace smartca::ops {

// Reads a secret: a regular file (or a link to one) that is private (below), of 1 to 4096 bytes (a Document of up to
// 64 KiB, as it is); one trailing line break is taken off, control characters (other than line breaks where `lines`
// allows) and a byte order mark are refused. The error is a sentence that names the file, never what is in it.
// Public is no secret but changes like one: as it is, whoever can read it, of any size.
enum class SecretLines : unsigned char { One, Several, Binary, Document, Public };
struct SecretFault {
    std::string sentence;
};
Result<std::string, SecretFault> readSecretFile(const std::string& path,
                                                SecretLines lines = SecretLines::One);

// Whether only this process's user (and root) can use a file of that mode and owner. Root's files may be
// readable by their group, as PostgreSQL has it for its keys: systemd's LoadCredential shows the entry that
// it gives a service's user as the group's, and Kubernetes lets a pod read by fsGroup.
bool isPrivate(mode_t mode, uid_t owner, uid_t self);

// The variable's value, which is then overwritten and removed, so that neither child processes nor
// /proc/PID/environ show it.
std::string takeFromEnvironment(const char* name);

struct SecretSource {
    std::string what{};    // "the SmartCA password", for messages
    std::string option{};  // "--smartca-password-file", for messages
    std::string file{};    // wins over the variable
    std::string variable{};
    SecretLines lines = SecretLines::One;
    // Takes up each new value, or says what is wrong with it: a sentence's end without a byte of the value.
    std::function<std::optional<std::string>(std::string_view)> take{};
};

// The lines of a file of bearer tokens: one, or two while one is being replaced, each of 32 to 256 visible
// ASCII characters. Anything else gives no tokens, so that a broken file admits no caller.
std::vector<std::string> tokensIn(std::string_view text);

class Secret {
  public:
    static Result<std::unique_ptr<Secret>, SecretFault> open(const SecretSource& source);
    ~Secret();
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    std::string value() const;

    // `Broken`: the file has changed to something unusable (said once a change); the old value stays, and each look
    // reads the file again.
    enum class Refresh : unsigned char { Unchanged, Replaced, Broken };
    Refresh refresh();
    // After Broken: the file and what is wrong with it, a sentence. Of the thread that calls refresh().
    const std::string& fault() const { return fault_; }
    const std::string& file() const { return source_.file; }

  private:
    explicit Secret(SecretSource source) : source_(std::move(source)) {}
    // What is in the file now, if it can be used.
    Result<std::string, SecretFault> readNow() const;
    // What tells one version of a file from another, also where Kubernetes replaces a folder's symbolic link:
    // device, inode, size and the time of the last change.
    using Version = std::tuple<dev_t, ino_t, off_t, time_t, long>;
    Version versionNow() const;

    const SecretSource source_;
    Version version_;  // of the value
    Version broken_;   // of the file that could not be used
    std::string fault_;
    mutable std::mutex mutex_;
    std::string value_;
};

}  // namespace smartca::ops
