// What SmartCA means when it does not answer with certificates.
//
// Its codes do not tell: 401 stands for a wrong SP account as well as for a person whom it does not know. Its
// words do, in Vietnamese or English.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "proxy/upstream/smartca_client.h"
#include "shared/calendar.h"

namespace smartca::upstream {

// An envelope whose status_code is no success. "No such subscriber" and "no such certificate" are empty answers.
// Where it has no words, its code stands for them. A fault is told to be of the number where 400 or 422 refuses that in
// words of how it is written.
base::Outcome<SmartCaAnswer> refusalOf(std::int64_t code, const nlohmann::json& envelope);

// An envelope whose status_code is a success, without certificates, be it with an empty list: there are none where its
// words say so, say success, or are not there, and nothing beside them denies that. Else it is a failure in its words, or
// not understood: a list is empty as well where one may not see it.
base::Outcome<SmartCaAnswer> emptyAnswerOf(const nlohmann::json& envelope);

// By its words alone, whatever its status_code.
bool saysSuccess(const nlohmann::json& envelope);
bool saysNothing(const nlohmann::json& envelope);

// What a status code and words say of the state that an upstream is in: UpstreamBusy, UpstreamMaintenance or
// UpstreamFailed. Nothing where it is something else, a refusal for instance.
std::optional<ProblemCode> failureOf(std::int64_t code, std::string_view message);

// Whether an HTTP status that comes without the API's JSON is a firewall's or a gateway's own: it has let nothing
// through. 404, 405 and redirections are a wrong address as well.
bool isRefusalOnTheWay(int httpStatus);

// An HTTP answer whose body is not JSON: a page of something that stands before SmartCA. Its detail has the page's
// title, by which an operator knows what has answered, without `password`.
base::Fault faultOfPage(int httpStatus, std::string_view body, std::string_view password = {});

// An HTTP error whose JSON is not the SP769 envelope. It never says that there is none: it need not be SmartCA
// that speaks.
base::Fault faultOfForeignJson(int httpStatus, const nlohmann::json& body);

// Of a Retry-After header (RFC 9110 §10.2.3), as seconds or as a date: from now. 0: it says nothing, or more than
// thirty days, which nobody means.
int retryAfterSeconds(const std::string& header, Instant now);

}  // namespace smartca::upstream
