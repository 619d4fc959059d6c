#pragma once

/// \file
/// Folders that go with the program, also when it is killed.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/error.hpp>

#include <string>
#include <string_view>

namespace berth {

/// A folder of its own below another one, which only this user can read. It goes when the handle goes. When
/// the program is killed it stays until the next one that makes such a folder sweeps it away: a lock in the
/// folder, which the system takes back when the last process goes that has it, tells whether it is in use.
class temporary_folder {
public:
    /// None.
    temporary_folder() = default;
    temporary_folder(temporary_folder&&) noexcept = default;
    auto operator=(temporary_folder&& other) noexcept -> temporary_folder&;
    temporary_folder(temporary_folder const&) = delete;
    auto operator=(temporary_folder const&) -> temporary_folder& = delete;
    ~temporary_folder();

    /// A new folder `NAME-XXXXXX`, after a sweep. `below` empty: the system's folder for such things. Errors:
    /// `unavailable`.
    [[nodiscard]] static auto make(std::string_view name, std::string below = {}) -> result<temporary_folder>;

    /// Removes the folders of this name that their programs left behind, and answers how many. Left alone is
    /// whatever is not one of this user's, is in use, or has no lock: nothing is removed behind a symbolic
    /// link, and of several that sweep at a time one removes a folder.
    static auto sweep(std::string_view name, std::string const& below) -> int;

    /// Empty if there is none.
    [[nodiscard]] auto path() const -> std::string const& { return path_; }

private:
    temporary_folder(std::string path, descriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}

    std::string path_;
    descriptor lock_; ///< held as long as the folder is used
};

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/temporary_folder.ipp>
#endif
