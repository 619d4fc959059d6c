/// \file
/// Protobuf fields there and back, and what is no field.

#include <berth/core/detail/wire_reader.hpp>
#include <berth/core/detail/wire_writer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace berth;
using berth::detail::wire_reader;
using berth::detail::wire_writer;
using namespace std::string_view_literals;

TEST_CASE("fields are read as they were written") {
    constexpr auto greatest = std::numeric_limits<std::uint64_t>::max();
    auto bytes = std::string();
    auto out = wire_writer(bytes);
    out.number(1, 300);
    out.number(2, greatest);
    out.text(3, "abc");
    out.fixed(4, 7);
    out.message(600, [](wire_writer& inner) { inner.text(1, std::string(200, 'x')); });
    CHECK(bytes.starts_with("\x08\xac\x02"sv));
    auto in = wire_reader(bytes);
    CHECK(in.next()->value == 300);
    CHECK(in.next()->value == greatest);
    auto const text = in.next().value();
    CHECK(text.number == 3);
    CHECK(text.bytes == "abc");
    CHECK(in.next()->value == 7);
    auto const message = in.next().value();
    CHECK(message.number == 600);
    CHECK(wire_reader(message.bytes).next()->bytes == std::string(200, 'x'));
    CHECK(in.empty());
}

TEST_CASE("what ends too early, or has no number or an unknown form, is no field") {
    for (auto const bad : {"\x08"sv, "\x08\x80"sv, "\x0a\x02y"sv, "\x09\x01\x02"sv, "\x00\x01"sv, "\x0b"sv,
                           "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"sv})
        CHECK_FALSE(wire_reader(bad).next());
}
