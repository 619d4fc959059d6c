#pragma once

/// \file
/// Reading etcd's messages strictly: a field has its form or is missing (then it is zero), one that is not
/// known is passed over; what is malformed is told with its place.

#include <berth/core/config.hpp>
#include <berth/core/detail/wire_reader.hpp>
#include <berth/core/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace berth::store::detail {

/// Thrown by the readers below, and caught by `read_message`.
struct malformed {
    std::string what;
};

[[noreturn]] BERTH_DECL auto complain(std::string_view name, std::string_view what) -> void;

/// One field of a message. Each reader names it for complaints.
class message_field {
public:
    explicit message_field(berth::detail::wire_field const& f) : field_(f) {}

    [[nodiscard]] auto number() const -> std::uint32_t { return field_.number; }

    [[nodiscard]] auto integer(std::string_view name) const -> std::int64_t {
        if (field_.form != 0) complain(name, "no number");
        return static_cast<std::int64_t>(field_.value);
    }
    [[nodiscard]] auto boolean(std::string_view name) const -> bool { return integer(name) != 0; }
    /// Bytes, a text or a message.
    [[nodiscard]] auto bytes(std::string_view name) const -> std::string_view {
        if (field_.form != 2) complain(name, "no bytes");
        return field_.bytes;
    }

private:
    berth::detail::wire_field field_;
};

/// Calls `read` with each field of a message.
template <class F> auto each_field(std::string_view message, F read) -> void {
    auto reader = berth::detail::wire_reader(message);
    while (!reader.empty()) {
        auto const f = reader.next();
        if (!f) complain("a field", "cut off");
        read(message_field{*f});
    }
}

/// Hands a message to `read`, which may throw `malformed`. Nothing is thrown further (but `std::bad_alloc`):
/// what is wrong is an error `internal`. `what` was asked.
template <class F> [[nodiscard]] auto read_message(std::string_view message, std::string_view what, F read)
    -> result<decltype(read(message))> {
    try {
        return read(message);
    } catch (malformed const& e) {
        return fail(error_code::internal,
                    std::string{"etcd's answer to "}.append(what).append(" is malformed: ").append(e.what));
    }
}

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/message.ipp>
#endif
