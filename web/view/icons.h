// The design's signs, drawn as paths so that they are crisp at any density. `centre` is the middle of the
// sign.
#pragma once

#include "web/view/brush.h"

namespace smartca::view::icon {

void check(Brush& brush, Point centre, float size, Ink ink, float width = 1.4f);
void cross(Brush& brush, Point centre, float size, Ink ink, float width = 1.5f);
void plus(Brush& brush, Point centre, float size, Ink ink, float width = 1.8f);
void warning(Brush& brush, Point centre, Ink ink, Ink mark);  // a full triangle with a "!" in it
void warningOutline(Brush& brush, Point centre, Ink ink);     // the same, small and empty
void exclamation(Brush& brush, Point centre, float radius, Ink ink,
                 Ink mark);                                  // a full circle with a "!" in it
void arrow(Brush& brush, Point centre, Ink ink);             // ▾
void eye(Brush& brush, Point centre, Ink ink);               // a ring with a pupil
void eyeClosed(Brush& brush, Point centre, Ink ink);         // the same, crossed out
void dots(Brush& brush, Point centre, Ink ink);              // •••
void halves(Brush& brush, Point centre, Ink ink);            // a circle, half of it full: the theme
void lines(Brush& brush, Point centre, Ink ink);             // lines of words: the plain page
void information(Brush& brush, Point centre, Ink ink);       // the letter i
void braces(Brush& brush, Point centre, Ink ink);            // {}
void copy(Brush& brush, Point centre, Ink ink, Ink ground);  // two sheets, one over the other
void picture(Brush& brush, Point centre, Ink ink);           // a hill and a sun in a frame
void magnifier(Brush& brush, Point centre, Ink ink);
void magnifierSmall(Brush& brush, Point centre, Ink ink);
void lock(Brush& brush, Point centre, Ink ink);
void warningLarge(Brush& brush, Point centre, Ink ink);  // an empty triangle beside two lines

}  // namespace smartca::view::icon
