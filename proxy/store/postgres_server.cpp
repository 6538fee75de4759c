// A PostgreSQL server as a store's database: what its URL may hold, and how its connections are opened.
#include "proxy/store/postgres_driver.h"
#include "proxy/store/store.h"

namespace smartca::store {
namespace {

class PostgresServer final : public Connector {
  public:
    explicit PostgresServer(const StoreOptions& options)
        : url_(options.path),
          password_(options.password),
          busyTimeout_(options.busyTimeout),
          readTime_(options.readTime),
          sharing_(options.sharing) {}

    DatabaseResult<Database> openWriter() override {
        PostgresOptions wanted = common();
        wanted.role = sharing_ == Sharing::Alone ? SessionRole::LoneWriter : SessionRole::Writer;
        return openPostgres(std::move(wanted));
    }
    DatabaseResult<Database> openReader() override {
        PostgresOptions wanted = common();
        wanted.statementTimeout = readTime_;
        return openPostgres(std::move(wanted));
    }

  private:
    PostgresOptions common() const {
        PostgresOptions options;
        options.url = url_;
        options.password = password_;
        options.lockTimeout = busyTimeout_;
        // Waiting for the lock counts as well.
        options.statementTimeout += busyTimeout_;
        return options;
    }

    const std::string url_;
    const std::function<std::string()> password_;
    const std::chrono::milliseconds busyTimeout_;
    const std::chrono::milliseconds readTime_;
    const Sharing sharing_;
};

}  // namespace

bool isPostgresUrl(std::string_view path) {
    return path.starts_with("postgresql://") || path.starts_with("postgres://");
}

std::string publicNameOf(const std::string& path) {
    if (!isPostgresUrl(path)) return path;
    const auto hosts = path.find("://") + 3;
    const auto end = path.find('?');
    const auto at = path.rfind('@', end);
    const auto from = at == std::string::npos || at < hosts ? hosts : at + 1;
    return "postgresql://" + path.substr(from, end == std::string::npos ? end : end - from);
}

Result<std::unique_ptr<Connector>, std::string> postgresConnector(const StoreOptions& options) {
    const auto pq = Libpq::load();
    if (!pq) return pq.error();
    char* words = nullptr;
    PQconninfoOption* parsed = pq.value()->conninfoParse(options.path.c_str(), &words);
    pq.value()->freemem(words);  // they repeat a part of the URL
    if (parsed == nullptr)
        return std::string(
            "the URL is none that PostgreSQL's library understands; write it as "
            "postgresql://user@host:5432/name?sslmode=verify-full");
    bool holdsPassword = false;
    for (const auto* option = parsed; option->keyword != nullptr; ++option)
        holdsPassword |= option->val != nullptr && std::string_view(option->keyword).ends_with("password");
    pq.value()->conninfoFree(parsed);
    if (holdsPassword)
        return std::string("a password has no place in the URL, which others can see; put it into a file");
    return std::unique_ptr<Connector>(std::make_unique<PostgresServer>(options));
}

}  // namespace smartca::store
