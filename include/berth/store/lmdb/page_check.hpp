#pragma once

/// \file
/// Whether the pages of an LMDB file hang together. LMDB trusts its file: one that is damaged makes it read
/// and write wherever the damage points, and ends the process. So a file is read once before LMDB gets it.
///
/// Written after the structures that LMDB 0.9's documentation describes (format version 1, 64-bit,
/// little-endian): pages with a header of 16 bytes (number, type, where the free space begins and ends, or
/// how many pages a large value fills), offsets of nodes behind it and nodes from the end; two pages
/// that take turns in saying where the trees of tables and of free pages begin.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/error.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Checks the structure of a directory's data.mdb, which nobody may write meanwhile; not the values. Errors:
/// `internal`: it is damaged, or no file of LMDB; `unavailable`: it cannot be read. Reads the headers of all
/// pages in use.
[[nodiscard]] BERTH_DECL auto check_pages(std::string const& directory) -> result<void>;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/lmdb/page_check.ipp>
#endif
