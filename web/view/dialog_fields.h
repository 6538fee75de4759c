// The fields of the form, each drawn at a place; all return the height they took.
#pragma once

#include "web/view/form.h"

namespace smartca::view {

// Everything below the header of the form column: banner, fields, and the lists that open over them.
float drawFormColumn(const Form& form, const Rectangle& column);

// A field of nothing but text.
float drawTextField(const Form& form, Field field, app::Control control, const Rectangle& at,
                    const FieldOptions& options);
float drawBanner(const Form& form, Point at, float width);
float drawUserField(const Form& form, Point at, float width);
// The list under the user's field; drawn last, since it lies over what follows.
void drawUserList(const Form& form, const Rectangle& field, const Rectangle& bounds);
float drawIdentityField(const Form& form, Point at, float width);
float drawSerialField(const Form& form, Point at, float width);
// The certificates found under the identity; 0 where nothing was looked up.
float drawLookupList(const Form& form, Point at, float width);
float drawBusinessCard(const Form& form, Point at, float width);
float drawPasswordField(const Form& form, Point at, float width);
float drawSecretKeyField(const Form& form, Point at, float width);
float drawSignatureText(const Form& form, Point at, float width);
float drawDisplayMode(const Form& form, Point at, float width);

// The right column, or below the form on narrow screens.
float drawPreview(const Form& form, Point at, float width);
float drawImageCard(const Form& form, Point at, float width);

}  // namespace smartca::view
