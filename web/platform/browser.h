// What the C++ side asks of the browser. Each function is implemented by library.js, which hands it to the
// instance's JavaScript (js/*.js). Texts are UTF-8 with a length, not terminated. Main thread only.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// ---- the loop
void smartca_wake();  // call smartca_frame() at the next animation frame
// The page's language and the one that it can be switched to, as BCP 47 tags, and the page's title.
void smartca_language(const char* tag, std::size_t tagLength, const char* other, std::size_t otherLength,
                      const char* title, std::size_t titleLength);
void smartca_appearance(bool dark);
void smartca_color(std::uint32_t token, const char* name, std::size_t nameLength, std::uint32_t rgb);
// What the embedding page says the token's colour is, 0xRRGGBB, or -1 when it says nothing. One that is seen through lies
// on `under`.
std::int32_t smartca_color_override(const char* name, std::size_t nameLength, std::uint32_t under);

// ---- numbers, see c_library.cpp
double smartca_cosine(double angle);
double smartca_sine(double angle);
double smartca_arc_cosine(double cosine);
double smartca_number(const char* text, std::size_t length);

// ---- twins, see twin_tree.h
void smartca_twin(std::uint32_t operation, std::uint32_t id, std::uint32_t number, std::uint32_t parent,
                  std::uint32_t after, float x, float y, float width, float height, const char* text,
                  std::size_t length);
void smartca_twins_begin();
void smartca_twins_end();

// ---- glyphs: lengths in device pixels
void smartca_glyph_font(int weight, bool monospace, double size);
// The code point that stands for a whole word from now on.
std::uint32_t smartca_glyph_word(const char* word, std::size_t length);
void smartca_glyph_measure(std::uint32_t codePoint, int oversampling,
                           float* out);  // advance, x, y, width, height
bool smartca_glyph_draw(std::uint32_t codePoint, int oversampling, int x, int y, int width, int height,
                        bool dark, unsigned char* rgba);
// Every font and line height is announced before its baseline is asked for; again when fonts have changed.
void smartca_glyph_probe(int weight, bool monospace, double cssSize, double cssLine);
double smartca_glyph_baseline(int weight, bool monospace, double cssSize, double cssLine, double density);

// ---- painting
// The item's canvas is to have that size. True when nothing is on it, or no longer.
bool smartca_surface_begin(std::uint32_t item, int width, int height, float cssWidth, float cssHeight);
// Whole rows: red, green, blue and alpha, not multiplied in.
void smartca_surface_put(std::uint32_t item, int top, int width, int height, const std::uint32_t* pixels);
void smartca_surface_drop(std::uint32_t item);
// The surface as a Sketch's lines (web/view/sketch.h), in the painting's stead.
void smartca_sketch(std::uint32_t item, float width, float height, const char* lines, std::size_t length);

// ---- effects, see web/app/effect.h
void smartca_send(std::uint32_t number, int method, const char* path, std::size_t pathLength,
                  const char* body, std::size_t bodyLength, const char* key, std::size_t keyLength,
                  std::uint32_t timeout);
void smartca_cancel(std::uint32_t number);
void smartca_timer_start(int timer, std::uint32_t milliseconds);
void smartca_timer_stop(int timer);
void smartca_focus_move(std::uint32_t id, bool selects);
// In place of the last "{{" before the caret, or at it.
void smartca_insert(std::uint32_t id, const char* text, std::size_t length, int insertion);
void smartca_focus_restore();
void smartca_reveal(std::uint32_t id);
void smartca_announce(const char* text, std::size_t length, int politeness);  // app::Politeness
void smartca_image_prepare(double mostBytes, int mostPixels);
void smartca_image_stop();
void smartca_image_load(int slot, const char* path, std::size_t pathLength, const char* type,
                        std::size_t typeLength, const char* data, std::size_t dataLength);
void smartca_image_drop(int slot);
// `ahead`: seconds that the browser's clock is behind.
void smartca_code(const char* key, std::size_t length, double ahead);
void smartca_choose_locale(const char* tag, std::size_t length);
void smartca_remember(bool dark);
void smartca_show_layout(bool plain);
void smartca_copy(const char* text, std::size_t length);
void smartca_raise(const char* name, std::size_t nameLength, const char* detail, std::size_t detailLength);
void smartca_request_cancel();
void smartca_show_address(const char* page, std::size_t pageLength, const char* open, std::size_t openLength,
                          int layers, bool isNewStep);
void smartca_guard_leaving(bool guards);

}  // extern "C"
