#!/usr/bin/env bash
# Makes the native libraries of the platform it runs on, for the jar of this module. Called by pom.xml.
#
#   build.sh OUT
#
# OUT/META-INF/mlx-native/PLATFORM/ receives libmlxc, libmlx, on Linux OpenBLAS and libmlxkernels (kernels/), and
#   native.properties   platform and versions
#   files.sha256        checksum and name of every other file (the format of sha256sum)
# OUT/META-INF/mlx-native/include/ receives mlx-c's headers and those of the kernels.
#
# Linux: MLX from PyPI's mlx-cpu, mlx-c's sources from the crate mlx-sys, OpenBLAS from Maven (unpacked by pom.xml).
# macOS: Homebrew's mlx-c and mlx.
#
# Results are kept in cache folders named after a hash of all inputs, so they are built once for every checkout:
# MLX_NATIVE_CACHE, else ~/.cache/mlx-native. The kernels have a folder of their own, since they change more often.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT}
: "${MLX_VERSION:?}" "${MLX_C_VERSION:?}"
os=$(uname -s) arch=$(uname -m)
case "$os-$arch" in
  Linux-x86_64) platform=linux-x86_64 ;;
  Linux-aarch64 | Linux-arm64) platform=linux-aarch64 ;;
  Darwin-arm64) platform=macos-arm64 ;;
  *)
    echo "native: MLX has no library for $os $arch; supported are Linux x86_64, Linux aarch64 and macOS arm64." >&2
    exit 1
    ;;
esac

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

missing=()
need() { "${@:2}" >/dev/null 2>&1 || missing+=("$1"); }

# Tools are looked for only when something has to be built: a machine with a filled cache needs none of them.
check_tools_linux() {
  need "cmake            apt-get install cmake" cmake --version
  need "a C++ compiler   apt-get install g++" c++ --version
  need "make             apt-get install make" make --version
  need "cargo            apt-get install cargo" cargo --version
  need "Python 3         apt-get install python3" python3 --version
  need "pip              apt-get install python3-pip" python3 -m pip --version
}

check_tools_macos() {
  need "Homebrew's mlx-c   brew install mlx-c" brew list --versions mlx-c
}

report_missing() {
  [ ${#missing[@]} -eq 0 ] && return
  echo "native: this machine lacks what the native libraries are built with:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
}

build_linux() { # WORK TARGET
  local work=$1 target=$2
  [ -d "${OPENBLAS_FOLDER:-}" ] || { echo "native: OPENBLAS_FOLDER '${OPENBLAS_FOLDER:-}' is no folder; run the build through Maven." >&2; exit 1; }
  echo "native: fetching mlx-cpu $MLX_VERSION and mlx-sys $MLX_C_VERSION"
  python3 -m pip download --quiet --no-deps --only-binary=:all: --dest "$work/wheel" "mlx-cpu==$MLX_VERSION"
  python3 -m zipfile -e "$work"/wheel/mlx_cpu-*.whl "$work/mlx"
  mkdir -p "$work/crate/src"
  touch "$work/crate/src/lib.rs"
  printf '[package]\nname = "sources"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nmlx-sys = "=%s"\n' "$MLX_C_VERSION" \
    >"$work/crate/Cargo.toml"
  (cd "$work/crate" && cargo fetch --quiet)
  local source
  source=$(cd "$work/crate" && cargo metadata --quiet --format-version 1 | python3 -c '
import json, os, sys
print(*(os.path.dirname(p["manifest_path"]) for p in json.load(sys.stdin)["packages"] if p["name"] == "mlx-sys"))')/src/mlx-c

  echo "native: compiling mlx-c $MLX_C_VERSION (about a minute, once)"
  cmake -S "$source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON \
    -DMLX_C_USE_SYSTEM_MLX=ON -DMLX_C_BUILD_EXAMPLES=OFF -DMLX_DIR="$work/mlx/mlx/share/cmake/MLX" \
    -DCMAKE_CXX_FLAGS="-include $here/format.h" -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON \
    -DCMAKE_INSTALL_RPATH='$ORIGIN/mlx/lib' >"$work/cmake.log" 2>&1 || { cat "$work/cmake.log" >&2; exit 1; }
  cmake --build "$work/build" --parallel "$(nproc)" >"$work/make.log" 2>&1 || { tail -n 50 "$work/make.log" >&2; exit 1; }

  # libmlx finds the BLAS it was linked with by a path relative to itself, so its folders are kept.
  mkdir -p "$target/lib/mlx/lib" "$target/lib/openblas"
  cp "$work/build/libmlxc.so" "$target/lib/"
  cp "$work/mlx/mlx/lib/libmlx.so" "$target/lib/mlx/lib/"
  cp -R "$work/mlx/mlx_cpu.libs" "$target/lib/"
  find "$OPENBLAS_FOLDER" -name '*.so*' -exec cp -L {} "$target/lib/openblas/" \;
  mkdir -p "$target/include/mlx"
  cp -R "$source/mlx/c" "$target/include/mlx/c"
  # What the kernels are compiled with: MLX's headers and CMake package, mlx-c's private headers.
  mkdir -p "$target/sdk/mlx-c/mlx"
  cp -R "$work/mlx" "$target/sdk/"
  cp -R "$source/mlx/c" "$target/sdk/mlx-c/mlx/c"
}

build_kernels() { # WORK TARGET
  local work=$1 target=$2
  echo "native: compiling the kernels"
  cmake -S "$here/kernels" -B "$work/build" -DCMAKE_BUILD_TYPE=Release \
    -DMLX_DIR="$cache/sdk/mlx/mlx/share/cmake/MLX" -DMLX_C_SOURCE="$cache/sdk/mlx-c" -DMLX_C_LIBRARY="$cache/lib/libmlxc.so" \
    -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON -DCMAKE_INSTALL_RPATH='$ORIGIN;$ORIGIN/mlx/lib' >"$work/cmake.log" 2>&1 || { cat "$work/cmake.log" >&2; exit 1; }
  cmake --build "$work/build" --target mlxkernels --parallel "$(nproc)" >"$work/make.log" 2>&1 || { grep -E -A5 'error|Error' "$work/make.log" >&2; exit 1; }
  cp "$work/build/libmlxkernels.so" "$target/lib/"
  cp "$here/kernels/include/"*.h "$target/include/"
}

build_macos() { # WORK TARGET
  local target=$2 mlxc mlx library
  mlxc=$(brew --prefix mlx-c) mlx=$(brew --prefix mlx)
  mkdir -p "$target/lib" "$target/include/mlx"
  cp -L "$mlxc/lib/libmlxc.dylib" "$mlx/lib/libmlx.dylib" "$target/lib/"
  find -L "$mlx/lib" -name '*.metallib' -exec cp {} "$target/lib/" \;
  chmod u+w "$target"/lib/*
  library=$(otool -L "$target/lib/libmlxc.dylib" | awk '/libmlx\.dylib/ { print $1 }')
  install_name_tool -change "$library" @loader_path/libmlx.dylib "$target/lib/libmlxc.dylib"
  codesign --force --sign - "$target/lib/libmlxc.dylib" "$target/lib/libmlx.dylib"
  cp -R "$mlxc/include/mlx/c" "$target/include/mlx/c"
}

caches=${MLX_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mlx-native}
hash() { sha256 | cut -c1-16; }

# Builds into a fresh folder and moves the result to its place, unless it is there: kept TARGET BUILD…
kept() {
  local target=$1 work
  [ -f "$target/complete" ] && return
  case "$os" in Linux) check_tools_linux ;; Darwin) check_tools_macos ;; esac
  report_missing
  mkdir -p "$caches"
  work=$(mktemp -d "$caches/building.XXXXXX")
  trap "rm -rf '$work'" EXIT
  mkdir -p "$work/result/lib" "$work/result/include"
  "${@:2}" "$work" "$work/result"
  touch "$work/result/complete"
  rm -rf "$target"
  mv "$work/result" "$target" 2>/dev/null || [ -f "$target/complete" ] # another build may have been faster
  rm -rf "$work"
}

inputs="$platform $MLX_VERSION $MLX_C_VERSION ${OPENBLAS_VERSION:-none} $(cat "$here/build.sh" "$here/format.h" | sha256)"
[ "$os" = Darwin ] && inputs="$inputs $(brew list --versions mlx mlx-c 2>/dev/null || true)"
cache=$caches/$(printf '%s' "$inputs" | hash)
case "$os" in
  Linux)
    kept "$cache" build_linux
    kernels=$caches/kernels-$( (printf '%s' "$inputs" && cd "$here/kernels" && find . -path ./test -prune -o -type f -print | LC_ALL=C sort | xargs cat) | hash)
    kept "$kernels" build_kernels
    ;;
  Darwin) kept "$cache" build_macos ;;
esac

# Puts everything together for the jar, and lists it.
jar=$out/META-INF/mlx-native
mkdir -p "$out"
made="$cache ${kernels:-}"
if [ "$(cat "$out/../native.made-from" 2>/dev/null)" != "$made" ]; then
  rm -rf "$jar"
  mkdir -p "$jar/$platform" "$jar/include"
  for part in $made; do
    cp -R "$part/lib/." "$jar/$platform/"
    cp -R "$part/include/." "$jar/include/"
  done
  find "$jar/include" ! -name '*.h' -type f -delete
  rm -rf "$jar/include/mlx/c/private"
  printf 'platform=%s\nmlx=%s\nmlx-c=%s\nopenblas=%s\n' "$platform" "$MLX_VERSION" "$MLX_C_VERSION" "${OPENBLAS_VERSION:-none}" \
    >"$jar/$platform/native.properties"
  (cd "$jar/$platform" && find . -type f ! -name native.properties | sed 's|^\./||' | LC_ALL=C sort | while read -r file; do sha256 "$file"; done) \
    >"$jar/files.sha256"
  mv "$jar/files.sha256" "$jar/$platform/"
  printf '%s' "$made" >"$out/../native.made-from"
fi
