// English.
#include "shared/language.h"

namespace smartca {

// clang-format off: one line for each message
static constexpr std::string_view english(Message message) {
    using enum Message;
    switch (message) {
        // The language itself.
        case LanguageName: return "English";
        case DigitSeparator: return ",";
        case DecimalSeparator: return ".";

        // The page "Digital Certificate List".
        case ProductName: return "SmartCA certificates";
        case ListTitle: return "Digital Certificate List";
        case ListCountNone: return "No certificates";
        case ListCount: return "{certificates} of {users}";
        case ListIncomplete: return "Some users could not be looked at, so certificates may be missing. Filter by user to see all of theirs.";
        case CertificatesOne: return "1 certificate";
        case CertificatesOther: return "{count} certificates";
        case UsersOne: return "1 user";
        case UsersOther: return "{count} users";
        case ThemeLight: return "Use the light theme";
        case ThemeDark: return "Use the dark theme";
        case LayoutPlain: return "Show as a plain page";
        case LayoutDesigned: return "Show as designed";
        case FilterSearch: return "Search name, serial number or CCCD/HC/MST";
        case FilterGroup: return "Filters";
        case FilterUser: return "User";
        case FilterType: return "Type";
        case FilterStatus: return "Status";
        case FilterValidFrom: return "Valid from";
        case FilterValidTo: return "Valid until";
        case FilterDateInvalid: return "Write the day as 31/12/2026.";
        case FilterDateBefore: return "This day is before “Valid from”.";
        case FilterAll: return "all";
        case FilterShown: return "{filter}: {value}";
        case ColumnName: return "Name";
        case ColumnIdentity: return "CCCD/HC/MST";
        case ColumnSerial: return "Serial number";
        case ColumnType: return "Type";
        case ColumnValidity: return "Validity";
        case ColumnStatus: return "Status";
        case ColumnActions: return "Actions";
        case TypeSmartCa: return "SmartCA";
        case TypeBusiness: return "Business";
        case StatusActive: return "Active";
        case StatusExpired: return "Expired";
        case StatusNotYetValid: return "Not yet valid";
        case StatusInactive: return "Inactive";
        case StatusDaysLeftOne: return "1 day left";
        case StatusDaysLeftOther: return "{count} days left";
        case DefaultBadge: return "Default";
        case RowActions: return "Actions for {name}";
        case CertificateTold: return "Serial {serial} · valid until {day}";
        case ActionSetDefault: return "Set as default";
        case ActionDelete: return "Delete";
        case EmptyTitle: return "No certificate yet";
        case EmptyText: return "Attach a certificate that a user has registered at VNPT SmartCA. You need the user and their CCCD, passport or tax number.";
        case NoMatchTitle: return "No certificate matches";
        case NoMatchText: return "Try other words, or clear the filters.";
        case NoMatchReset: return "Clear the filters";
        case ListFailedTitle: return "The list could not be loaded";
        case PagingPrevious: return "Previous page";
        case PagingNext: return "Next page";
        case PagingRange: return "{first}–{last} of {total}";
        case DeleteTitle: return "Delete “{name}”?";
        case DeleteText: return "The certificate is taken off {user}'s list. It stays registered at VNPT SmartCA.";
        case DeleteTextDefault: return "It is the default certificate of {user}; another of theirs becomes the default. The certificate stays registered at VNPT SmartCA.";
        case DeleteConfirm: return "Delete";
        case DeleteKeep: return "Keep it";
        case Deleted: return "“{name}” was deleted.";
        case DefaultSet: return "“{name}” is now the default of {user}.";
        case SkipToList: return "Certificates";
        case DeleteFailed: return "“{name}” was not deleted";
        case DefaultFailed: return "“{name}” was not made the default";
        case NoConnectionTitle: return "No connection to the server";
        case NoConnectionAdvice: return "Nothing you typed is lost. Check the connection and try again; nothing is added twice.";
        case ForeignAnswerTitle: return "The server's answer could not be read";
        case ForeignAnswerAdvice: return "Something between this page and the server may have answered in its place. Nothing you typed is lost; try again, nothing is added twice.";
        case CheckingTitle: return "It is not known yet whether it was created";
        case CheckingAdvice: return "The portal's answer got lost on its way. It is being checked, mostly within half a minute; nothing you typed is lost, and nothing is created twice.";

        // The dialog "Create new VNPT SmartCA certificate".
        case DialogTitle: return "Create new VNPT SmartCA certificate";
        case DialogSubtitle: return "Attach a certificate registered at VNPT SmartCA to a user.";
        case Close: return "Close";
        case Cancel: return "Cancel";
        case CreateNew: return "Create New";
        case Creating: return "Creating…";
        case RequiredFieldsNote: return "Fields marked * are required.";
        case FieldNeedsAttention: return "1 field needs attention.";
        case FieldsNeedAttention: return "{count} fields need attention.";
        case Optional: return "(optional)";

        case UserLabel: return "User";
        case UserPlaceholder: return "Search by name, code or phone";
        case UserClear: return "Clear the user";
        case UsersMatch: return "{shown} of {all} users match “{search}”";
        case UsersAll: return "{all} users";
        case UsersNoMatch: return "No user matches “{search}”.";
        case UsersKeys: return "↑↓ choose · Enter select · Esc close";
        case UsersMore: return "Show more";
        case UserCertificatesNone: return "no certificate";
        case UserCertificatesOne: return "1 certificate";
        case UserCertificatesOther: return "{count} certificates";
        case Loading: return "Loading…";

        case IdentityLabel: return "CCCD/HC/MST";
        case IdentityPlaceholder: return "ID card, passport or tax number";
        case IdentityCitizenCard: return "CCCD";
        case IdentityOldCard: return "CMND";
        case IdentityPassport: return "Passport";
        case IdentityTaxCode: return "Tax code";
        case IdentityTaxCodeBranch: return "Tax code of a dependent unit";
        case IdentityUseSuggestion: return "Use {suggestion}";

        case SerialLabel: return "Serial number";
        case SerialPlaceholder: return "All certificates";
        case SerialPlaceholderOne: return "Choose one of them";
        case SerialHelp: return "Leave blank to add every certificate of this number.";
        case LookUp: return "Look up";
        case LookingUp: return "Looking up…";
        case LookupOne: return "1 certificate at VNPT SmartCA";
        case LookupOther: return "{count} certificates at VNPT SmartCA";
        case LookupPick: return "pick one, or leave “all”";
        case LookupPickOne: return "pick one";
        case LookupAll: return "All certificates";
        case LookupAllNewOne: return "adds 1 new";
        case LookupAllNewOther: return "adds {count} new";
        case LookupOnListOne: return "1 is already on the list";
        case LookupOnListOther: return "{count} are already on the list";
        case LookupExpiredOne: return "1 of them has expired";
        case LookupExpiredOther: return "{count} of them have expired";
        case LookupOnList: return "already on the list";
        case LookupUntil: return "until {date}";
        case LookupNone: return "VNPT SmartCA has no certificate under this number.";
        case LookupNoneAdvice: return "Check the number, or ask its owner to register a certificate first.";

        case BusinessLabel: return "Business SmartCA account";
        case BusinessHelp: return "Signs without the phone app, with the account's password and secret key.";
        case BusinessHelpOn: return "The password and secret key are checked only when somebody signs.";
        case PasswordLabel: return "Password";
        case PasswordPlaceholder: return "Account password";
        case SecretKeyLabel: return "Secret key";
        case SecretKeyPlaceholder: return "Base64 or base32";
        case ShowPassword: return "Show the password";
        case HidePassword: return "Hide the password";
        case ShowSecretKey: return "Show the secret key";
        case HideSecretKey: return "Hide the secret key";
        case OneTimeCode: return "Code now: {code} · {seconds} s — compare with your authenticator";

        case SignatureTextLabel: return "Signature content";
        case SignatureTextPlaceholder: return "What the signature says on the document";
        case DisplayModeLabel: return "Display mode";
        case DisplayTextAndImage: return "Text & Image";
        case DisplayImageOnly: return "Image";
        case DisplayTextOnly: return "Text only";
        case SignatureImageLabel: return "Signature image";
        case SignatureImageNone: return "No image yet";
        case SignatureImageHint: return "PNG or JPEG, at most {maximum}. Choose, drop or paste one.";
        case SignatureImageSize: return "{width} × {height} · {size}";
        case ImageChoose: return "Choose";
        case ImageReplace: return "Replace";
        case Reset: return "Reset";
        case ResetSignatureText: return "Reset the signature content";
        case ResetDisplayMode: return "Reset the display mode";
        case ResetSignatureImage: return "Reset the signature image";
        case FromCompany: return "from the company's settings";
        case FromUser: return "from the user's account";
        case FromBuiltIn: return "default";
        case FromEdit: return "edited";
        case NotSavedHere: return "This installation cannot save this field.";

        case PreviewTitle: return "Preview";
        case PreviewSubtitle: return "How it will look on the document";
        case PreviewFromUser: return "Filled from the chosen user until a certificate is picked.";
        case PreviewNothing: return "Nothing to show yet";

        case DiscardTitle: return "Discard what you entered?";
        case DiscardText: return "The certificate has not been created. What you typed will be lost.";
        case DiscardConfirm: return "Discard";
        case DiscardKeep: return "Keep editing";
        case TryAgain: return "Try again";
        case RequestNumber: return "Request {id}.";
        case Dismiss: return "Dismiss";

        case CreatedTitle: return "Digital certificate created";
        case CreatedNothingTitle: return "Nothing new to add";
        case CreatedOne: return "1 certificate added for {user}.";
        case CreatedOther: return "{count} certificates added for {user}.";
        case CreatedOnListOne: return "1 was already on the list.";
        case CreatedOnListOther: return "{count} were already on the list.";
        case CreatedExpiredOne: return "1 of them has expired.";
        case CreatedExpiredOther: return "{count} of them have expired.";
        case CreatedMissingOne: return "1 was not added: create again to add it.";
        case CreatedMissingOther: return "{count} were not added: create again to add them.";
        case CreatedNotSaved: return "Not saved by this installation: {fields}.";
        case UsersFoundNone: return "No user matches";
        case UsersFoundOne: return "1 user matches";
        case UsersFoundOther: return "{count} users match";

        // What a certificate says of itself, and what can be said of it.
        case NameTypeCommonName: return "Common name";
        case NameTypeOrganization: return "Organisation";
        case NameTypeUnit: return "Organisational unit";
        case NameTypeLocality: return "Locality";
        case NameTypeState: return "Province or city";
        case NameTypeCountry: return "Country";
        case NameTypeUserId: return "Identity";
        case NameTypeTitle: return "Title";
        case NameTypeEmail: return "Email";
        case NameTypeOrganizationId: return "Organisation identifier";

        case UsageDigitalSignature: return "Digital signature";
        case UsageNonRepudiation: return "Non-repudiation";
        case UsageKeyEncipherment: return "Key encipherment";
        case UsageDataEncipherment: return "Data encipherment";
        case UsageKeyAgreement: return "Key agreement";
        case UsageCertificateSigning: return "Certificate signing";
        case UsageCrlSigning: return "CRL signing";
        case UsageEncipherOnly: return "Encipher only";
        case UsageDecipherOnly: return "Decipher only";
        case PurposeClientAuthentication: return "Client authentication";
        case PurposeServerAuthentication: return "Server authentication";
        case PurposeEmailProtection: return "Email protection";
        case PurposeCodeSigning: return "Code signing";
        case PurposeTimeStamping: return "Time stamping";
        case PurposeDocumentSigning: return "Document signing";

        case ChainVerified: return "Verified up to “{root}”.";
        case ChainNotConfigured: return "Not verified: this system has been given no trusted authorities.";
        case ChainNotKept: return "Not verified: only what the list shows of this certificate is known here.";
        case ChainExpired: return "Not verified: the certificate has expired. Its chain leads to “{root}”.";
        case ChainNotYetValid: return "Not verified: the certificate is not valid yet. Its chain leads to “{root}”.";
        case ChainIssuerUnknown: return "Not verified: its issuer “{issuer}” is not among the trusted authorities.";
        case ChainSelfSigned: return "Not verified: the certificate is signed by itself and not trusted.";
        case ChainIssuerNotValid: return "Not verified: the certificate of an issuer has expired or is not valid yet.";
        case ChainSignatureWrong: return "Not verified: the signature is wrong. The certificate was changed, or signed by somebody else.";
        case ChainWeak: return "Not verified: a key or a signature algorithm is too weak.";
        case ChainRuleBroken: return "Not verified: the certificate breaks a rule of X.509.";
        case ChainRevocation: return "Revocation was not checked.";

        // The dialogs about one certificate of the list.
        case ActionDetails: return "Details";
        case ActionRename: return "Rename";
        case DetailsOf: return "Certificate of {user}";
        case DetailsFailedTitle: return "The details could not be loaded";
        case DetailsNotKept: return "The certificate itself is not available here. What follows is what the list knows of it.";
        case DetailsAsked: return "Read from SmartCA just now; the list keeps no copy of it.";
        case DetailsNotReached: return "SmartCA, which has the certificate itself, could not be asked. What follows is what the list knows of it.";
        case DetailsUnreadable: return "The certificate that is kept here cannot be read. What follows is what the list knows of it.";
        case DetailsChain: return "Verification";
        case DetailsCertificate: return "Certificate";
        case DetailsSubject: return "Subject";
        case DetailsIssuer: return "Issuer";
        case DetailsKey: return "Key and signature";
        case DetailsAddresses: return "Addresses";
        case DetailsPublicKey: return "Public key";
        case DetailsKeySize: return "{algorithm}, {bits} bits";
        case DetailsSignatureAlgorithm: return "Signature algorithm";
        case DetailsKeyUsage: return "Key usage";
        case DetailsPurposes: return "Extended key usage";
        case DetailsFingerprint: return "SHA-256 fingerprint";
        case DetailsOcsp: return "Status (OCSP)";
        case DetailsCaIssuers: return "Issuer's certificate";
        case DetailsCrl: return "Revocation list (CRL)";
        case CopySerial: return "Copy the serial number";
        case CopyFingerprint: return "Copy the fingerprint";
        case Copied: return "Copied.";
        case CopyFailed: return "It could not be copied. Select it and copy it by hand.";
        case RenameTitle: return "Rename “{name}”";
        case RenameLabel: return "Name on the list";
        case RenameHelp: return "Leave blank to use the certificate's own name.";
        case RenameSave: return "Save";
        case RenameSaving: return "Saving…";
        case Renamed: return "The certificate is now called “{name}”.";
        case RenameFailed: return "The name was not changed";
        case DiscardNameText: return "The certificate keeps its name.";

        // What the rules say of a field.
        case FindingRequired: return "This field is required.";
        case FindingRequiredUser: return "Choose a user.";
        case FindingRequiredIdentity: return "Enter the CCCD, passport or tax number.";
        case FindingRequiredPassword: return "Enter the password of the business account.";
        case FindingRequiredSecretKey: return "Enter the secret key of the business account.";
        case FindingTooLong: return "Too long: at most {maximum} characters.";
        case FindingInvalidText: return "Contains a character that cannot be used here, perhaps an invisible one. Type it instead of pasting.";
        case FindingIdentityUnknownShape: return "This does not look like a CCCD (12 digits), passport or tax number (10 or 13 digits). Check it before you go on.";
        case FindingIdentityCheckDigit: return "This tax code fails its check digit. Did you mean {suggestion}?";
        case FindingIdentityCheckDigitNone: return "No tax code begins with these nine digits. Check the number.";
        case FindingIdentityBranchUnassigned: return "No dependent unit has the suffix 000. Check the last three digits.";
        case FindingSerialNotHexadecimal: return "A serial number has only the digits 0–9 and the letters a–f.";
        case FindingSerialTooLong: return "Too long for a serial number: at most 40 hexadecimal digits.";
        case FindingSerialZero: return "A serial number cannot be zero.";
        case FindingSerialLooksDecimal: return "This looks like a decimal number. In hexadecimal it is {hexadecimal}.";
        case FindingSerialRequired: return "Choose a serial number: this number has {count} certificates.";
        case FindingSerialNotRegisteredOne: return "The one certificate of this number has another serial number.";
        case FindingSerialNotRegisteredOther: return "None of the {count} certificates of this number has this serial number.";
        case FindingSerialShared: return "Two certificates of different issuers have the serial number {serial}, and the list cannot tell them apart. Choose another serial number, or ask VNPT to reissue one of the two.";
        case FindingSecretKeyUndecodable: return "The secret key is neither base64 nor base32. Copy it again.";
        case FindingSecretKeyTooShort: return "The secret key is too short: it must hold at least 10 bytes.";
        case FindingSecretKeyTooLong: return "The secret key is too long: it may hold at most 64 bytes.";
        case FindingPlaceholderUnknown: return "“{name}” is not a known placeholder and will appear as it is written.";
        case FindingPlaceholderUnclosed: return "Two opening braces are not closed: the text will appear as it is written.";
        case FindingSignatureTextMissing: return "The display mode shows text, but there is no signature content.";
        case FindingSignatureImageMissing: return "The display mode shows an image, but there is none yet. Signing may be refused.";
        case FindingImageNotPngOrJpeg: return "This file is not used: it is not a PNG or JPEG image, or it is damaged.";
        case FindingImageTooLarge: return "The image is too large: at most {maximum}.";
        case FindingImageTooManyPixels: return "The image is too large: at most {maximum} pixels.";
        case FindingUserUnknown: return "This user no longer exists. Choose another.";
        case FindingNoCertificate: return "VNPT SmartCA has no certificate under this number.";
        case FindingAllAlreadyOnList: return "Every certificate of this number is already on the list.";
        case FindingCertificateExpired: return "The certificate {serial} expired on {date}.";
        case FindingBusinessAccountNeedsOne: return "A business account signs with one certificate: if this number has several, choose a serial number.";

        // What went wrong beyond the form, what did not happen, and what to do.
        case ProblemMalformedRequestTitle: return "The request was not understood";
        case ProblemMalformedRequestAdvice: return "Nothing was created and nothing you typed is lost. Tell the administrator the request number.";
        case ProblemUnauthorizedTitle: return "You are not signed in";
        case ProblemUnauthorizedAdvice: return "Nothing was created and nothing you typed is lost. Sign in again in another tab, then try again.";
        case ProblemForbiddenTitle: return "You are not allowed to do this";
        case ProblemForbiddenAdvice: return "Nothing was created and nothing you typed is lost. Ask the administrator for the right to do it.";
        case ProblemNotFoundTitle: return "There is nothing here, or no longer";
        case ProblemNotFoundAdvice: return "Nothing was changed. Check the address, or reload the list: somebody may have deleted it.";
        case ProblemMethodNotAllowedTitle: return "This cannot be done here";
        case ProblemMethodNotAllowedAdvice: return "Nothing was created and nothing you typed is lost. Tell the administrator the request number.";
        case ProblemInProgressTitle: return "This request is still being worked on";
        case ProblemInProgressAdvice: return "It was not started a second time and nothing you typed is lost. Try again in a moment to see its outcome.";
        case ProblemTooLargeTitle: return "What was sent is too large";
        case ProblemTooLargeAdvice: return "Nothing was created and nothing you typed is lost. Choose a smaller signature image.";
        case ProblemUnsupportedMediaTypeTitle: return "The request has a format that is not supported";
        case ProblemUnsupportedMediaTypeAdvice: return "Nothing was created and nothing you typed is lost. Tell the administrator the request number.";
        case ProblemKeyReusedTitle: return "This request was already sent with other content";
        case ProblemKeyReusedAdvice: return "Nothing new was created and nothing you typed is lost. Look at the list, then try again.";
        case ProblemFindingsTitle: return "Some fields need attention";
        case ProblemFindingsAdvice: return "Nothing was created and nothing you typed is lost. Correct the marked fields.";
        case ProblemTooManyRequestsTitle: return "Too many requests";
        case ProblemTooManyRequestsAdvice: return "Nothing was created and nothing you typed is lost. Wait a moment, then try again.";
        case ProblemInternalTitle: return "Something went wrong in this system";
        case ProblemInternalAdvice: return "Nothing you typed is lost. Look at the list before you try again, and tell the administrator the request number.";
        case ProblemUpstreamCredentialsTitle: return "VNPT SmartCA refuses this system's account";
        case ProblemUpstreamCredentialsAdvice: return "Nothing was created and nothing you typed is lost. Tell the administrator that the connection to VNPT SmartCA needs attention.";
        case ProblemUpstreamNonsenseTitle: return "VNPT SmartCA gave an answer that cannot be read";
        case ProblemUpstreamNonsenseAdvice: return "Nothing was created and nothing you typed is lost. Try again later; if it goes on, tell the administrator the request number.";
        case ProblemUpstreamRefusedTitle: return "VNPT SmartCA refused the request";
        case ProblemUpstreamRefusedAdvice: return "Nothing was created and nothing you typed is lost. Check the number, then try again.";
        case ProblemUnavailableTitle: return "This system is busy";
        case ProblemUnavailableAdvice: return "Nothing was created and nothing you typed is lost. Try again in a moment.";
        case ProblemUpstreamSilentTitle: return "VNPT SmartCA does not answer";
        case ProblemUpstreamSilentAdvice: return "Nothing was created and nothing you typed is lost.";
        case ProblemUpstreamUntrustedTitle: return "VNPT SmartCA could not prove its identity";
        case ProblemUpstreamUntrustedAdvice: return "Nothing was created, nothing was sent and nothing you typed is lost. Tell the administrator that this system does not trust the TLS certificate of the SmartCA gateway: its address or the authority that vouches for it (smartca-ca-file) needs attention.";
        case ProblemPortalUntrustedTitle: return "VNPT eContract could not prove its identity";
        case ProblemPortalUntrustedAdvice: return "Nothing was created, nothing was sent and nothing you typed is lost. Tell the administrator that this system does not trust the TLS certificate of eContract: its address or the authority that vouches for it (econtract-ca-file) needs attention.";
        case ProblemPortalCredentialsTitle: return "VNPT eContract refuses this system's account";
        case ProblemPortalCredentialsAdvice: return "Nothing was created and nothing you typed is lost. Tell the administrator that VNPT eContract does not take the account of this system (econtract-username-file, econtract-password-file).";
        case ProblemPortalNonsenseTitle: return "VNPT eContract gave an answer that cannot be read";
        case ProblemPortalNonsenseAdvice: return "Nothing was created and nothing you typed is lost. Try again later; if it goes on, tell the administrator the request number.";
        case ProblemPortalRefusedTitle: return "VNPT eContract refused the request";
        case ProblemPortalRefusedAdvice: return "Nothing was created and nothing you typed is lost. What VNPT eContract says tells what to change, or which right is missing.";
        case ProblemUserPendingTitle: return "An earlier request for this user is still being checked";
        case ProblemUserPendingAdvice: return "Nothing was created and nothing you typed is lost. Try again in a moment, once it is known what became of the earlier one.";
        case ProblemOutcomeUnknownTitle: return "It is not known whether VNPT eContract made the change";
        case ProblemOutcomeUnknownAdvice: return "It may have been made. Reload the list to see.";
        case ProblemNotCreatedTitle: return "VNPT eContract has not created it";
        case ProblemNotCreatedAdvice: return "Its answer got lost, and the user's certificates have shown since that nothing was created. Nothing you typed is lost: create again.";

        case None: case Count: break;
    }
    return {};
}
// clang-format on

constinit const Texts kEnglish = textsOf(english);

}  // namespace smartca
