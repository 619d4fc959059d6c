#pragma once

/// \file
/// A folder on a real disk for benchmarks of durable things.

#include <berth/core/temporary_folder.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace berth::bench {

/// A new directory beside the program (which is on a disk, unlike `/tmp` of some machines), gone with its
/// owner. Where none can be made the program ends.
class disk_folder {
public:
    disk_folder() {
        auto made = temporary_folder::make("bench", program().parent_path().string());
        if (!made) std::abort();
        folder_ = *std::move(made);
    }
    disk_folder(disk_folder const&) = delete;
    auto operator=(disk_folder const&) -> disk_folder& = delete;
    [[nodiscard]] auto path() const -> std::string const& { return folder_.path(); }

private:
    static auto program() -> std::filesystem::path { return std::filesystem::read_symlink("/proc/self/exe"); }

    temporary_folder folder_;
};

} // namespace berth::bench
