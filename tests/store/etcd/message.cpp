/// \file
/// Fields of etcd's messages: absent ones, unknown ones, and what is malformed.

#include "messages.hpp"

#include <berth/store/etcd/message.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace berth;
using namespace berth::store::detail;
using store::testing::message;
using namespace std::string_view_literals;

namespace {

/// A number, a truth and bytes of a message.
auto read(std::string_view text) -> result<std::string> {
    return read_message(text, "a test", [](std::string_view m) {
        auto out = std::string();
        each_field(m, [&](message_field const& f) {
            if (f.number() == 1) out += std::to_string(f.integer("n"));
            else if (f.number() == 2) out += f.boolean("flag") ? "+" : "-";
            else if (f.number() == 3) out += f.bytes("bytes");
        });
        return out;
    });
}

} // namespace

TEST_CASE("fields are read by their numbers, and those that nobody knows are passed over") {
    auto const m =
        message().number(1, -5).number(2, 1).text(3, "abc").text(9, "new").number(10, 4).number(2, 0);
    CHECK(read(m.str()) == std::string("-5+abc-"));
    CHECK(read("") == std::string());
}

TEST_CASE("a message that is malformed is an error that says what is, and never an exception") {
    auto const complaint = [](std::string_view text) {
        auto const r = read(text);
        REQUIRE_FALSE(r);
        CHECK(r.error().code == error_code::internal);
        return r.error().message;
    };
    auto const place = std::string("etcd's answer to a test is malformed: ");
    CHECK(complaint(message().text(1, "x").str()) == place + "n is no number");
    CHECK(complaint(message().text(2, "x").str()) == place + "flag is no number");
    CHECK(complaint(message().number(3, 1).str()) == place + "bytes is no bytes");
    for (auto const text :
         {"\x08"sv, "\x1a\x05y"sv, "\x00"sv, "\x0b\x0c"sv, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv})
        CHECK(complaint(text) == place + "a field is cut off");
}
