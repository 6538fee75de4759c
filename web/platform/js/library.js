// The functions of browser.h. Each only turns pointers into values and hands them to this instance's host.
addToLibrary({
  smartca_wake: () => host.wake(),
  smartca_language: (tag, tagLength, other, otherLength, title, titleLength) =>
    host.setLanguage(readText(tag, tagLength), readText(other, otherLength), readText(title, titleLength)),
  smartca_appearance: (dark) => host.appearance(dark !== 0),
  smartca_color: (token, name, length, rgb) => host.color(token, readText(name, length), rgb),
  smartca_color_override: (name, length, under) => host.tokens.colorOf(readText(name, length), under),

  smartca_cosine: 'Math.cos',
  smartca_sine: 'Math.sin',
  smartca_arc_cosine: 'Math.acos',
  smartca_number: (text, length) => Number(readText(text, length)),

  smartca_twin: (operation, id, number, parent, after, x, y, width, height, text, length) =>
    host.twins.apply(operation, id >>> 0, {
      number: number >>> 0, parent: parent >>> 0, after: after >>> 0, x, y, width, height, text: readText(text, length),
    }),
  smartca_twins_begin: () => host.beginTwins(),
  smartca_twins_end: () => host.endTwins(),

  smartca_glyph_font: (weight, monospace, size) => host.glyphs.select(weight, monospace !== 0, size),
  smartca_glyph_word: (word, length) => host.glyphs.word(readText(word, length)),
  smartca_glyph_measure: (codePoint, oversampling, out) => host.glyphs.measure(codePoint, oversampling, out),
  smartca_glyph_draw: (codePoint, oversampling, x, y, width, height, dark, rgba) =>
    host.glyphs.draw(codePoint, oversampling, x, y, width, height, dark !== 0, rgba),
  smartca_glyph_probe: (weight, monospace, size, line) => host.glyphs.probe(weight, monospace !== 0, size, line),
  smartca_glyph_baseline: (weight, monospace, size, line, density) =>
    host.glyphs.baseline(weight, monospace !== 0, size, line, density),

  smartca_surface_begin: (item, width, height, cssWidth, cssHeight) =>
    host.surfaces.begin(item >>> 0, width, height, cssWidth, cssHeight),
  smartca_surface_put: (item, top, width, height, pixels) => host.surfaces.put(item >>> 0, top, width, height, pixels),
  smartca_surface_drop: (item) => host.surfaces.drop(item >>> 0),
  smartca_sketch: (item, width, height, lines, length) =>
    host.twins.sketch(host.twins.byId.get(item >>> 0), width, height, readText(lines, length)),

  smartca_send: (number, method, path, pathLength, body, bodyLength, key, keyLength, timeout) => {
    host.requests.send(number, method, readText(path, pathLength), readText(body, bodyLength), readText(key, keyLength),
      timeout);
  },
  smartca_cancel: (number) => host.requests.cancel(number),
  smartca_timer_start: (timer, milliseconds) => host.timers.start(timer, milliseconds),
  smartca_timer_stop: (timer) => host.timers.stop(timer),
  smartca_focus_move: (id, selects) => host.focus.want(id >>> 0, selects !== 0),
  smartca_insert: (id, text, length, insertion) =>
    host.hand.insert(host.twins.byId.get(id >>> 0), readText(text, length), insertion),
  smartca_focus_restore: () => host.focus.wantReturn(),
  smartca_reveal: (id) => host.focus.show(id >>> 0),
  smartca_announce: (text, length, politeness) => host.announcer.say(readText(text, length), politeness),
  smartca_image_prepare: (mostBytes, mostPixels) => { host.preparation.run(mostBytes, mostPixels); },
  smartca_image_stop: () => host.preparation.stop(),
  smartca_image_load: (slot, path, pathLength, type, typeLength, data, dataLength) => {
    host.images.load(slot, readText(path, pathLength), readText(type, typeLength), readBytes(data, dataLength));
  },
  smartca_image_drop: () => host.images.drop(),
  smartca_code: (key, length, ahead) => { computeCode(host, readBytes(key, length), ahead); },
  smartca_choose_locale: (tag, length) => { host.chooseLanguage(readText(tag, length)); },
  smartca_remember: (dark) => remember({ 'theme': dark ? 'dark' : 'light' }),
  smartca_show_layout: (plain) => host.choosePainting(plain ? 'flow' : 'auto'),
  smartca_copy: (text, length) => { copyText(host, readText(text, length)); },
  smartca_raise: (name, nameLength, detail, detailLength) =>
    host.raise(readText(name, nameLength), readText(detail, detailLength)),
  smartca_request_cancel: () => host.requestCancel(),
  smartca_show_address: (page, pageLength, open, openLength, layers, isNewStep) =>
    host.address.show(readText(page, pageLength), readText(open, openLength), layers, isNewStep !== 0),
  smartca_guard_leaving: (guards) => host.address.guard(guards !== 0),
});
