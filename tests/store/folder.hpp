#pragma once

/// \file
/// Temporary directories for tests of stores.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace berth::tests {

/// A new directory that goes away with its owner; in memory where the machine has room for files there, since
/// thousands of small stores are made.
class folder {
public:
    folder() : folder(usual_place()) {}
    explicit folder(std::string const& below) : path_(below + "/berth-test-XXXXXX") {
        if (::mkdtemp(path_.data()) == nullptr)
            throw std::runtime_error("no temporary directory in " + below);
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
    static auto usual_place() -> std::string {
        auto none = std::error_code{};
        auto const room = std::filesystem::space("/dev/shm", none).available;
        return !none && room > std::uintmax_t{2'000'000'000} ? "/dev/shm"
                                                             : std::filesystem::temp_directory_path();
    }

    std::string path_;
};

} // namespace berth::tests
