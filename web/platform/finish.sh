#!/bin/sh
# finish.sh BUILD PROJECT PAGE SCRIPT...: makes what a browser loads, in PAGE, of smartca.js and smartca.wasm, as Emscripten leaves
# them in BUILD, and of the elements' scripts: the program under a name with its hash, the script that asks for it by that name,
# and the names of the texts (which only a portal that has texts of its own fetches).
# BUILD/elements.js is the script before it is made small, without the last line, which gives the elements their names.
set -eu
build=$1 project=$2 page=$3
shift 3
rm -rf "$page"
mkdir "$page"
cp "$build/smartca.wasm" $TEXTS "$page"
binaryen=$(em-config BINARYEN_ROOT)
node "$project/web/platform/split.mjs" "$build/smartca.js" "$page/smartca.wasm" "$page/smartca.rest.wasm" "$page" "$binaryen"
for half in smartca.wasm smartca.rest.wasm; do node "$project/web/platform/order.mjs" "$page/$half" "$binaryen"; done
hash=$(cat "$page"/smartca*.wasm | sha256sum | cut -c 1-16)
for half in wasm rest.wasm; do mv "$page/smartca.$half" "$page/smartca.$hash.$half"; done
sed "s|smartca\.wasm|smartca.$hash.wasm|" "$project/web/element/index.html" >"$page/index.html"
sed -n '/enum class Message/,/^ *Count,/ s/^ *\([A-Z][A-Za-z0-9]*\),.*/\1/p' "$project/shared/message_id.h" | sed '$d; s/^./\L&/' >"$page/smartca.keys.txt"
{ echo '/** Every text of the form, by name; their {arguments} are those of shared/messages_en.cpp. */'
    echo 'export type SmartcaMessages = Partial<Record<'; sed "s/.*/  | '&'/" "$page/smartca.keys.txt"; echo ', string>>;'; } >"$page/smartca.messages.d.ts"
cat "$build/smartca.js" "$@" | sed "s#smartca\.\(rest\.\)\?wasm#smartca.$hash.\1wasm#; s|SMARTCA_VERSION|$VERSION|" >"$build/elements.js"
{ cat "$build/elements.js"; echo 'define();'; } >"$page/smartca.js"
"$TERSER" "$page/smartca.js" --module --compress passes=2 --mangle --format wrap_func_args=false --output "$page/smartca.js"
