#!/usr/bin/env bash
# Makes the native libraries of the platform it runs on, for the jar of this module. Called by pom.xml.
#
#   build.sh OUT
#
# OUT/META-INF/mlx-native/PLATFORM/ receives libmlxc, libmlx, on Linux OpenBLAS, and
#   native.properties   platform and versions
#   files.sha256        checksum and name of every other file (the format of sha256sum)
# OUT/META-INF/mlx-native/include/ receives mlx-c's headers.
#
# Linux: MLX from PyPI's mlx-cpu, mlx-c's sources from the crate mlx-sys, OpenBLAS from Maven (unpacked by pom.xml).
# macOS: Homebrew's mlx-c and mlx.
#
# The result is kept in a cache folder named after a hash of all inputs, so it is built once for every checkout:
# MLX_NATIVE_CACHE, else ~/.cache/mlx-native.
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

inputs="$platform $MLX_VERSION $MLX_C_VERSION ${OPENBLAS_VERSION:-none} $(cat "$here/build.sh" "$here/format.h" | sha256 | cut -c1-64)"
[ "$os" = Darwin ] && inputs="$inputs $(brew list --versions mlx mlx-c 2>/dev/null || true)"
cache=${MLX_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mlx-native}/$(printf '%s' "$inputs" | sha256 | cut -c1-16)

if [ ! -f "$cache/complete" ]; then
  case "$os" in Linux) check_tools_linux ;; Darwin) check_tools_macos ;; esac
  report_missing
  mkdir -p "$(dirname "$cache")"
  work=$(mktemp -d "$(dirname "$cache")/building.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/result"
  case "$os" in Linux) build_linux "$work" "$work/result" ;; Darwin) build_macos "$work" "$work/result" ;; esac
  find "$work/result/include" ! -name '*.h' -type f -delete
  rm -rf "$work/result/include/mlx/c/private"
  (cd "$work/result/lib" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | while read -r file; do sha256 "$file"; done) >"$work/files.sha256"
  mv "$work/files.sha256" "$work/result/lib/"
  printf 'platform=%s\nmlx=%s\nmlx-c=%s\nopenblas=%s\n' "$platform" "$MLX_VERSION" "$MLX_C_VERSION" "${OPENBLAS_VERSION:-none}" \
    >"$work/result/lib/native.properties"
  touch "$work/result/complete"
  rm -rf "$cache"
  mv "$work/result" "$cache" 2>/dev/null || [ -f "$cache/complete" ] # another build may have been faster
fi

jar=$out/META-INF/mlx-native
if ! cmp -s "$cache/lib/files.sha256" "$jar/$platform/files.sha256"; then
  rm -rf "$jar"
  mkdir -p "$jar"
  cp -R "$cache/include" "$jar/include"
  cp -R "$cache/lib" "$jar/$platform"
fi
