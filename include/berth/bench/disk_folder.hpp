#pragma once

/// \file
/// A folder on a real disk for benchmarks of durable things.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace berth::bench {

/// A new directory beside the program (which is on a disk, unlike `/tmp` of some machines), gone with its
/// owner. Where none can be made the program ends.
class disk_folder {
public:
    disk_folder() : path_((program().parent_path() / "bench-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) std::abort();
    }
    disk_folder(disk_folder const&) = delete;
    auto operator=(disk_folder const&) -> disk_folder& = delete;
    ~disk_folder() {
        auto ignored = std::error_code{};
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] auto path() const -> std::string const& { return path_; }

private:
    static auto program() -> std::filesystem::path { return std::filesystem::read_symlink("/proc/self/exe"); }

    std::string path_;
};

} // namespace berth::bench
