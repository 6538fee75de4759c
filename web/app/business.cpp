#include "shared/secret_key.h"
#include "web/app/dialogs.h"
#include "web/app/picks.h"

namespace smartca::app {
namespace {

constexpr std::uint32_t kTickMilliseconds = 1'000;

// Overwrites the bytes themselves, those too that a short text leaves behind when it is moved or cut; `volatile`
// keeps the compiler from dropping writes to memory about to be freed.
void wipe(std::string& secret) {
    secret.resize(secret.capacity());
    volatile char* bytes = secret.data();
    for (std::size_t i = 0; i < secret.size(); ++i)
        bytes[i] = '\0';
    secret.clear();
}

void computeCode(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    const auto key = decodeSecretKey(dialog.draft.secretKey);
    if (dialog.draft.businessAccount == Switch::On && key) {
        turn.add(ComputeCode{key.value(), turn.state.clockAhead});
        turn.add(StartTimer{Timer::Code, kTickMilliseconds});
        return;
    }
    wipe(dialog.secrets.code.digits);
    dialog.secrets.code.secondsLeft = 0;
    turn.add(StopTimer{Timer::Code});
}

// Of an otpauth link the field keeps the key alone: the rest is nobody's password and would be cut off by the
// field.
void takeLinkApart(DialogState& dialog) {
    dialog.secrets.link.reset();
    auto read = readSecretKey(dialog.draft.secretKey);
    if (!read || !read.value().fromLink) return;
    SecretKey key = std::move(read).value();
    wipe(dialog.draft.secretKey);
    dialog.draft.secretKey = std::move(key.text);
    dialog.secrets.link = PastedLink{std::move(key.issuer), key.doubt};
}

// While the account is off they are kept and not sent.
void hideSecrets(DialogState& dialog) {
    dialog.secrets.password = dialog.secrets.secretKey = Visibility::Hidden;
    std::erase_if(dialog.validation.refusals, [](const Finding& refusal) {
        return refusal.field == Field::Password || refusal.field == Field::SecretKey;
    });
}

}  // namespace

bool sendsSecretsOfOthers(const DialogState& dialog) {
    const Draft& draft = dialog.draft;
    const auto isOfOthers = [&](const std::string& secret, const SecretsState::Owner& owner) {
        return !secret.empty() && ((owner.user != 0 && owner.user != draft.userId) ||
                                   (!owner.identity.empty() && owner.identity != dialog.identity.canonical));
    };
    return draft.businessAccount == Switch::On && (isOfOthers(draft.password, dialog.secrets.passwordOf) ||
                                                   isOfOthers(draft.secretKey, dialog.secrets.secretKeyOf));
}

bool keepsSecrets(const DialogState& dialog) {
    return dialog.draft.businessAccount == Switch::Off &&
           !(dialog.draft.password.empty() && dialog.draft.secretKey.empty());
}

void toggleBusiness(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    const bool goesOn = dialog.draft.businessAccount == Switch::Off;
    dialog.draft.businessAccount = goesOn ? Switch::On : Switch::Off;
    const std::size_t before = dialog.draft.serials.size();
    swapTicks(turn);
    hideSecrets(dialog);
    computeCode(turn);
    fieldChanged(turn, Field::BusinessAccount);
    if (!goesOn && keepsSecrets(dialog))
        announce(turn, std::string(text(turn.state.locale, Message::BusinessKept)));
    else if (dialog.draft.serials.size() != before)
        announceProspect(turn);
}

void secretTyped(Turn& turn, Field field, const std::string& text) {
    DialogState& dialog = *turn.state.dialog;
    std::string& secret = dialog.draft.*ruleOf(field).text;
    if (dialog.draft.businessAccount == Switch::Off || secret == text) return;
    wipe(secret);  // before the text moves to a larger buffer and leaves the old one behind
    secret = text;
    SecretsState& typed = dialog.secrets;
    SecretsState::Owner& owner = field == Field::Password ? typed.passwordOf : typed.secretKeyOf;
    owner.user = dialog.draft.userId;
    owner.identity = dialog.identity.canonical;
    if (isLookedUp(dialog) && countFound(dialog) == 0) owner.identity.clear();
    if (field == Field::SecretKey) {
        takeLinkApart(dialog);
        computeCode(turn);
    }
    fieldChanged(turn, field);
}

void codeTick(Turn& turn) {
    computeCode(turn);
}

void codeComputed(Turn& turn, const CodeComputed& computed) {
    DialogState& dialog = *turn.state.dialog;
    const bool wanted = dialog.draft.businessAccount == Switch::On && decodeSecretKey(dialog.draft.secretKey);
    dialog.secrets.code = wanted ? OneTimeCode{computed.code, computed.secondsLeft} : OneTimeCode{};
}

void wipeSecrets(DialogState& dialog) {
    wipe(dialog.draft.password);
    wipe(dialog.draft.secretKey);
    wipe(dialog.secrets.code.digits);
    dialog.secrets.code.secondsLeft = 0;
}

}  // namespace smartca::app
