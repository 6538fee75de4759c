#include "web/app/trouble.h"

namespace smartca::app {
namespace {

Message whatToDo(const Trouble& trouble) {
    if (trouble.origin == Origin::NoConnection || trouble.origin == Origin::Lost)
        return Message::NoConnectionAdvice;
    if (trouble.origin == Origin::Foreign) return Message::ForeignAnswerAdvice;
    if (trouble.origin == Origin::Checking) return Message::CheckingAdvice;
    if (trouble.origin == Origin::Unanswered) return Message::UnansweredAdvice;
    return adviceOf(trouble.code);
}

// Below two minutes the advice's own "in a moment" is right, but for who has asked too often: ten seconds and a
// minute are not the same to them.
std::string whatToDo(Locale locale, const Trouble& trouble) {
    constexpr int kMoment = 5, kMinute = 60, kHour = 3600;
    // What may be done already is looked for, not tried again.
    const int seconds = trouble.code == ProblemCode::OutcomeUnknown ? 0 : trouble.retryAfterSeconds;
    if (seconds < 2 * kMinute && (trouble.code != ProblemCode::TooManyRequests || seconds < kMoment))
        return std::string(text(locale, whatToDo(trouble)));
    if (seconds < 2 * kMinute)
        return format(locale, Message::RetryInSeconds, {{"count", countText(locale, seconds)}});
    const bool hours = seconds >= 2 * kHour;
    const int unit = hours ? kHour : kMinute;
    return format(locale, hours ? Message::RetryInHours : Message::RetryInMinutes,
                  {{"count", countText(locale, (seconds + unit - 1) / unit)}});
}

}  // namespace

Message titleOf(const Trouble& trouble) {
    if (trouble.origin == Origin::NoConnection) return Message::NoConnectionTitle;
    if (trouble.origin == Origin::Foreign) return Message::ForeignAnswerTitle;
    if (isOpen(trouble) || trouble.origin == Origin::Lost) return Message::CheckingTitle;
    return titleOf(trouble.code);
}

std::string adviceOf(Locale locale, const Trouble& trouble) {
    std::string words = whatToDo(locale, trouble);
    if (trouble.became == Became::Nothing)
        return std::string(text(locale, Message::NothingCreated)).append(" ") + words;
    if (trouble.became != Became::Unknown) return words;
    if (!mayBeDone(trouble)) words.insert(0, std::string(text(locale, Message::CheckingTitle)).append(". "));
    return words.append(" ").append(text(locale, Message::NothingTwice));
}

std::string describe(Locale locale, const Trouble& trouble) {
    return std::string(text(locale, titleOf(trouble))).append(". ") + quoted(trouble) +
           adviceOf(locale, trouble);
}

std::string quoted(const Trouble& trouble) {
    return trouble.upstreamMessage.empty() ? std::string() : "“" + trouble.upstreamMessage + "”. ";
}

bool isOpen(const Trouble& trouble) {
    return trouble.origin == Origin::Checking || trouble.origin == Origin::Unanswered;
}

bool isUnknown(const Trouble& trouble) {
    return trouble.origin == Origin::Proxy && trouble.code == ProblemCode::NotFound;
}

bool mayBeDone(const Trouble& trouble) {
    return trouble.origin != Origin::Proxy || trouble.code == ProblemCode::OutcomeUnknown;
}

bool isGone(const Trouble& trouble) {
    return trouble.origin == Origin::Proxy && trouble.code == ProblemCode::CertificateGone;
}

std::string brief(Locale locale, const Trouble& trouble) {
    std::string words(text(locale, titleOf(trouble)));
    if (!trouble.upstreamMessage.empty()) words += ": “" + trouble.upstreamMessage + "”";
    words.append(". ").append(adviceOf(locale, trouble));
    if (!trouble.requestId.empty())
        words += ' ' + format(locale, Message::RequestNumber, {{"id", trouble.requestId}});
    return words;
}

}  // namespace smartca::app
