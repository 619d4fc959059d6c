#pragma once

/// \file
/// A file descriptor with one owner.

#include <unistd.h>

#include <utility>

namespace berth {

/// Closes its descriptor when it goes. -1 is none.
class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int fd) : fd_(fd) {}
    descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    auto operator=(descriptor&& other) noexcept -> descriptor& {
        std::swap(fd_, other.fd_);
        return *this;
    }
    descriptor(descriptor const&) = delete;
    auto operator=(descriptor const&) -> descriptor& = delete;
    ~descriptor() { close(); }

    [[nodiscard]] auto get() const -> int { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    auto close() -> void {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

private:
    int fd_ = -1;
};

} // namespace berth
