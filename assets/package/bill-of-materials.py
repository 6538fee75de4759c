#!/usr/bin/python3
"""bill-of-materials.py VERSION PROGRAM IMGUI-VERSION: prints what is in the program and the page, or is loaded by them, in CycloneDX's JSON.

Libraries that the program loads are asked of the system's loader, and their versions, as those of what is compiled in, of dpkg.
"""
import json
import os
import re
import subprocess
import sys
from urllib.parse import quote

version, program, imgui = sys.argv[1:]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def packages_of(files):
    # By folder and name: what lies in /usr/lib dpkg may know as in /lib.
    patterns = ["*/" + "/".join(path.split("/")[-2:]) for path in files]
    return sorted({line.split(":", 1)[0] for line in output("dpkg-query", "--search", *patterns).splitlines()})


def debian(package):
    name, number, architecture = output(
        "dpkg-query", "-W", "-f=${source:Package} ${Version} ${Architecture}\n", package).splitlines()[0].split()
    return {"type": "library", "name": package, "version": number,
            "purl": f"pkg:deb/debian/{package}@{quote(number)}?arch={architecture}&upstream={name}"}


loaded = [os.path.realpath(path) for path in re.findall(r"=> (/\S+)", output("ldd", program))]
compiled_in = ["/usr/include/nlohmann/json.hpp", output("c++", "-print-file-name=libstdc++.a").strip()]
emcc = re.search(r"\d+\.\d+\.\d+\S*", output("emcc", "--version")).group()
components = [debian(package) for package in packages_of(loaded + [os.path.realpath(path) for path in compiled_in])]
components += [{"type": "library", "name": "imgui", "version": imgui, "purl": f"pkg:github/ocornut/imgui@v{imgui}"},
               {"type": "library", "name": "emscripten", "version": emcc, "purl": f"pkg:github/emscripten-core/emscripten@{emcc}"}]
print(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                  "metadata": {"component": {"type": "application", "name": "smartca-proxy", "version": version}},
                  "components": components}, indent=1))
