// The companies that are served, each with its registry and its accounts: one without --companies-file, else those
// that the file names. A changed file counts at once: other passwords, more companies, fewer companies.
//
//   Companies companies(open);
//   if (auto wrong = companies.take(readCompanies(json).value())) say(*wrong);   // nothing has changed then
//   const Company* company = companies.find("main");                             // null: it is not served
//
// Threads: find() and serves() from any, take() from the owner's. A company that was found stays as it is until the end,
// also when it is no longer served: requests may be on their way.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/econtract/portal_client.h"
#include "proxy/registry/sql_registry.h"
#include "proxy/upstream/smartca_client.h"
#include "shared/result.h"

namespace smartca {

// What the file says of one:
//   {"name": "main", "smartca"?: {"id": "…", "password": "…"},
//    "econtract"?: {"company": 101, "username"?: "…", "password"?: "…"}, "settings"?: "company-settings.json"}
struct CompanyEntry {
    std::string name{};
    std::optional<upstream::Account> smartCa{};  // none: the one of the options
    std::optional<upstream::Account> portal{};   // likewise
    std::int64_t portalCompany = 0;              // its number at eContract; 0: not given
    std::string settings{};  // a file (demo_data.h), read when opened, and another one at once
};
// The error is a sentence's end, without a byte of a secret.
Result<std::vector<CompanyEntry>, std::string> readCompanies(std::string_view json);

struct Company {
    std::unique_ptr<upstream::SmartCaClient> smartCa;
    std::unique_ptr<registry::SqlRegistry> ownRegistry;
    std::unique_ptr<econtract::PortalClient> portal;
    std::unique_ptr<registry::Registry> elsewhere;  // null: the own registry is the one

    registry::Registry& registry() const;
};

class Companies {
  public:
    // What a company's accounts are at the time; empty where neither the file nor the options give one.
    struct Accounts {
        upstream::AccountSource smartCa, portal;
    };
    // The error is a sentence.
    using Open = std::function<Result<std::unique_ptr<Company>, std::string>(const CompanyEntry& entry,
                                                                             const Accounts& accounts)>;
    // `usual`: for the companies that have no account of their own.
    Companies(Open open, Accounts usual) : open_(std::move(open)), usual_(std::move(usual)) {}

    // Opens those that are new, and reads settings that are others. Or says why not, and everything stays as it was.
    std::optional<std::string> take(std::vector<CompanyEntry> entries);

    const Company* find(std::string_view name) const;
    bool serves(std::string_view name) const { return find(name) != nullptr; }
    // Those that are served.
    std::map<std::string, const Company*> all() const;

  private:
    struct Place {
        CompanyEntry entry;
        std::unique_ptr<Company> company;
        bool served = true;
    };
    std::optional<std::string> faultOf(const CompanyEntry& entry) const;
    upstream::AccountSource accountOf(const std::string& name,
                                      std::optional<upstream::Account> CompanyEntry::* own,
                                      const upstream::AccountSource& usual) const;

    const Open open_;
    const Accounts usual_;
    mutable std::mutex mutex_;
    std::map<std::string, Place, std::less<>> places_;  // by name
};

}  // namespace smartca
