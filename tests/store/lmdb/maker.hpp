#pragma once

/// \file
/// Durable stores in temporary directories, for laws that want fresh ones.

#include "../folder.hpp"

#include <berth/store/lmdb.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace berth::tests {

/// A durable store with its own directory, for laws that want a fresh one.
template <class V, class Codec> class temporary_lmdb : folder, public store::basic_lmdb<V, Codec> {
public:
    explicit temporary_lmdb(store::lmdb_options const& options = {})
        : store::basic_lmdb<V, Codec>(store::basic_lmdb<V, Codec>::open(folder::path(), options).value()) {}
};

/// Makes such stores of text.
struct lmdb_maker {
    [[nodiscard]] auto make() const -> temporary_lmdb<std::string, store::text_codec> {
        return temporary_lmdb<std::string, store::text_codec>(options);
    }
    [[nodiscard]] auto value(std::string_view text) const -> std::string { return std::string{text}; }

    store::lmdb_options options{.map_bytes = std::size_t{1} << 20U}; ///< small, so that it has to grow
};

} // namespace berth::tests
