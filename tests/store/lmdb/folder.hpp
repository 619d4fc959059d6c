#pragma once

/// \file
/// Temporary directories for tests of durable stores.

#include <berth/store/lmdb.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace berth::tests {

/// A new directory that goes away with its owner; in memory where the machine has room for files there, since
/// thousands of small stores are made.
class folder {
public:
    folder() : folder(std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp") {}
    explicit folder(std::string const& below) : path_(below + "/berth-test-XXXXXX") {
        if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary directory");
    }
    folder(folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    auto operator=(folder&& other) noexcept -> folder& {
        std::swap(path_, other.path_);
        return *this;
    }
    ~folder() {
        auto ignored = std::error_code{};
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] auto path() const -> std::string const& { return path_; }
    [[nodiscard]] auto operator/(std::string_view name) const -> std::string {
        return path_ + "/" + std::string{name};
    }

private:
    std::string path_;
};

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
