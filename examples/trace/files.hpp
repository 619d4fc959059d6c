#pragma once

/// \file
/// The shell around the files: reads them, gzipped or plain, and writes the picture.

#include <berth/core/error.hpp>

#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

namespace trace {

/// A file's text, unpacked if it is gzipped.
inline auto read_text(std::filesystem::path const& file) -> berth::result<std::string> {
    auto const said = [&](std::string const& what) {
        return berth::fail(berth::error_code::not_found, file.string() + ": " + what);
    };
    if (std::filesystem::is_directory(file)) return said("is a directory");
    auto const close = [](gzFile handle) { gzclose_r(handle); };
    errno = 0;
    auto const handle = std::unique_ptr<gzFile_s, decltype(close)>(gzopen(file.c_str(), "rb"), close);
    if (!handle) return said(errno != 0 ? std::strerror(errno) : "cannot be opened");
    auto text = std::string{};
    auto block = std::array<char, 65'536>{};
    while (true) {
        auto const count = gzread(handle.get(), block.data(), static_cast<unsigned>(block.size()));
        if (count > 0) text.append(block.data(), static_cast<std::size_t>(count));
        if (count == static_cast<int>(block.size())) continue;
        auto code = Z_OK;
        auto const* const why = gzerror(handle.get(), &code);
        if (code != Z_OK) return said(std::string("cannot be unpacked: ") + why);
        return text;
    }
}

/// The file of the trace called `name` in a folder, with or without ".gz".
inline auto trace_file(std::filesystem::path const& folder, std::string const& name)
    -> std::filesystem::path {
    for (auto const& candidate : {folder / name, folder / (name + ".gz")}) {
        if (std::filesystem::exists(candidate)) return candidate;
    }
    return folder / (name + ".gz");
}

/// Replaces a file by a text.
inline auto write_text(std::filesystem::path const& file, std::string_view text) -> berth::result<void> {
    auto out = std::ofstream(file, std::ios::binary);
    out << text;
    out.flush();
    if (!out) return berth::fail(berth::error_code::unavailable, file.string() + ": cannot be written");
    return {};
}

} // namespace trace
