// Stands in for <format> where the C++ library has none (GCC before 13): only what mlx-c's private/io.h calls.
// Forced in front of every mlx-c source by build.sh.
#pragma once
#if __has_include(<format>)
#include <format>
#endif
#ifndef __cpp_lib_format
#include <sstream>
#include <string>
#include <string_view>

namespace std {
template <typename... Args>
string format(string_view pattern, const Args&... args) {
    ostringstream out;
    size_t at = 0;
    auto put = [&](const auto& value) {
        size_t hole = pattern.find("{}", at);
        if (hole == string_view::npos) return;
        out << pattern.substr(at, hole - at) << value;
        at = hole + 2;
    };
    (put(args), ...);
    out << pattern.substr(at);
    return out.str();
}
} // namespace std
#endif
