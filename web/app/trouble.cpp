#include "web/app/trouble.h"

namespace smartca::app {
namespace {

std::string whatToDo(Locale locale, const Trouble& trouble) {
    switch (trouble.origin) {
        case Origin::NoConnection:
        case Origin::Lost:
            return std::string(text(locale, Message::NoConnectionAdvice));
        case Origin::Foreign:
            return std::string(text(locale, Message::ForeignAnswerAdvice));
        case Origin::Checking:
            return std::string(text(locale, Message::CheckingAdvice));
        case Origin::Unanswered:
            return std::string(text(locale, Message::UnansweredAdvice));
        case Origin::Proxy:
            break;
    }
    return adviceOf(locale, trouble.code, trouble.retryAfterSeconds);
}

}  // namespace

Message titleOf(const Trouble& trouble) {
    if (trouble.origin == Origin::NoConnection) return Message::NoConnectionTitle;
    if (trouble.origin == Origin::Foreign && trouble.became != Became::Unknown)
        return Message::ForeignAnswerTitle;
    if (trouble.origin != Origin::Proxy) return Message::CheckingTitle;
    return titleOf(trouble.code);
}

std::string adviceOf(Locale locale, const Trouble& trouble) {
    std::string words = whatToDo(locale, trouble);
    if (trouble.became == Became::Nothing)
        return std::string(text(locale, Message::NothingCreated)).append(" ") + words;
    if (trouble.became != Became::Unknown) return words;
    const bool isForeign = trouble.origin == Origin::Foreign;
    if (isForeign || !mayBeDone(trouble)) {
        const Message first = isForeign ? Message::ForeignAnswerTitle : Message::CheckingTitle;
        words.insert(0, std::string(text(locale, first)).append(". "));
    }
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

bool isFinal(const Trouble& trouble) {
    return trouble.origin == Origin::Proxy &&
           (trouble.code == ProblemCode::NotCreated || trouble.code == ProblemCode::PortalRefused);
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
