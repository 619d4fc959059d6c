#pragma once

/// \file
/// Messages of etcd, written by hand for tests of those who read them.

#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/protocol.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::store::testing {

namespace field = detail::field;

/// A message, field by field: `message().number(1, 5).text(2, "a").str()`. Whatever is said is written.
class message {
public:
    auto number(unsigned field, std::int64_t value) -> message& {
        detail::message_writer{out_}.choice(field, value);
        return *this;
    }
    auto text(unsigned field, std::string_view value) -> message& {
        detail::message_writer{out_}.choice(field, value);
        return *this;
    }
    auto inside(unsigned field, message const& inner) -> message& { return text(field, inner.out_); }
    [[nodiscard]] auto str() const -> std::string const& { return out_; }

private:
    std::string out_;
};

/// What an answer begins with.
inline auto header(std::int64_t revision) -> message {
    return message().inside(field::header, message().number(field::header_revision, revision));
}

/// A pair of a key and a value with the revisions of its last change and of its creation.
inline auto pair(std::string_view key, std::string_view value, std::int64_t mod, std::int64_t create = 1,
                 std::int64_t version = 1) -> message {
    using number = field::key_value;
    return message()
        .text(number::key, key)
        .number(number::create_revision, create)
        .number(number::mod_revision, mod)
        .number(number::version, version)
        .text(number::value, value);
}

/// A put of a pair, as a watch tells it.
inline auto put_event(message const& kv) -> message { return message().inside(field::event::kv, kv); }

/// A deletion at a revision.
inline auto erase_event(std::string_view key, std::int64_t mod) -> message {
    using number = field::key_value;
    return message()
        .number(field::event::type, 1)
        .inside(field::event::kv, message().text(number::key, key).number(number::mod_revision, mod));
}

} // namespace berth::store::testing
