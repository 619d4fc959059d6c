#pragma once

/// \file
/// The bodies of `berth/node/detail/warden_log.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/warden_log.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ctime>

namespace berth::node::detail {

/// Writes `2026-01-02T03:04:05.000000006Z` (30 characters) of the wall clock.
inline auto write_log_time(char* out) -> void {
    auto now = timespec{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    auto const digits = [&out](std::int64_t value, int width) {
        for (auto i = width - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
        out += width;
    };
    auto const days = static_cast<std::int64_t>(now.tv_sec) / 86400;
    auto const second = static_cast<std::int64_t>(now.tv_sec) % 86400;
    // Days to a civil date (Howard Hinnant, chrono-compatible low-level date algorithms).
    auto const z = days + 719468;
    auto const era = z / 146097;
    auto const doe = z - era * 146097;
    auto const yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    auto const doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    auto const mp = (5 * doy + 2) / 153;
    auto const month = mp < 10 ? mp + 3 : mp - 9;
    digits(yoe + era * 400 + (month <= 2 ? 1 : 0), 4);
    *out++ = '-', digits(month, 2);
    *out++ = '-', digits(doy - (153 * mp + 2) / 5 + 1, 2);
    *out++ = 'T', digits(second / 3600, 2);
    *out++ = ':', digits(second / 60 % 60, 2);
    *out++ = ':', digits(second % 60, 2);
    *out++ = '.', digits(now.tv_nsec, 9);
    *out = 'Z';
}

BERTH_DECL auto write_all(int file, char const* text, std::size_t size) -> void {
    while (size > 0) {
        auto const n = ::write(file, text, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;
        text += n;
        size -= static_cast<std::size_t>(n);
    }
}

/// Lines on their way into a log, so that many go in one write.
class warden_log_writer {
public:
    explicit warden_log_writer(int file) : file_(file) {}
    ~warden_log_writer() { flush(); }
    warden_log_writer(warden_log_writer const&) = delete;
    auto operator=(warden_log_writer const&) -> warden_log_writer& = delete;

    /// Adds `<time> stdout F <line>`; P instead of F where the line goes on.
    auto line(int stream, bool full, char const* text, std::size_t size) -> void {
        if (used_ + 64 + size > sizeof buffer_) flush();
        write_log_time(buffer_ + used_);
        used_ += 30;
        auto const* const tag =
            stream == 0 ? (full ? " stdout F " : " stdout P ") : (full ? " stderr F " : " stderr P ");
        std::memcpy(buffer_ + used_, tag, 10);
        std::memcpy(buffer_ + used_ + 10, text, size);
        used_ += 10 + size;
        buffer_[used_++] = '\n';
    }

private:
    auto flush() -> void {
        write_all(file_, buffer_, used_);
        used_ = 0;
    }

    int file_;
    std::size_t used_ = 0;
    char buffer_[4 * warden_line];
};

/// Writes the whole lines of a stream, and the beginning of one that fills the buffer.
inline auto cut_lines(warden_stream& stream, int number, warden_log_writer& writer) -> void {
    auto from = std::uint32_t{0};
    while (from < stream.filled) {
        auto const* const end = std::memchr(stream.text + from, '\n', stream.filled - from);
        if (end == nullptr) break;
        auto const size = static_cast<std::uint32_t>(static_cast<char const*>(end) - (stream.text + from));
        writer.line(number, true, stream.text + from, size);
        from += size + 1;
    }
    stream.filled -= from;
    std::memmove(stream.text, stream.text + from, stream.filled);
    if (stream.filled < warden_line) return;
    writer.line(number, false, stream.text, stream.filled);
    stream.filled = 0;
}

/// Ends a stream; a line without an end is one.
inline auto close_stream(warden_stream& stream, int number, warden_log_writer& writer) -> void {
    if (stream.filled > 0) writer.line(number, true, stream.text, stream.filled);
    stream.filled = 0;
    ::close(stream.pipe);
    stream.pipe = -1;
}

BERTH_DECL auto pump_stream(warden_slot& slot, int number) -> bool {
    auto& stream = slot.streams[number];
    if (stream.pipe < 0) return false;
    auto writer = warden_log_writer(slot.log);
    for (auto round = 0; round < 16; ++round) {
        auto const n = ::read(stream.pipe, stream.text + stream.filled, warden_line - stream.filled);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return false;
        if (n <= 0) return close_stream(stream, number, writer), false;
        stream.filled += static_cast<std::uint32_t>(n);
        cut_lines(stream, number, writer);
    }
    return true;
}

BERTH_DECL auto finish_stream(warden_slot& slot, int number) -> void {
    for (auto round = 0; round < 64 && pump_stream(slot, number); ++round) {}
    if (slot.streams[number].pipe < 0) return;
    auto writer = warden_log_writer(slot.log);
    close_stream(slot.streams[number], number, writer);
}

} // namespace berth::node::detail
