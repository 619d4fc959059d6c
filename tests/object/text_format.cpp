/// \file
/// The formats of texts.

#include <berth/object/text_format.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace berth;

namespace {

struct example {
    std::string_view format;
    std::vector<std::string_view> good;
    std::vector<std::string_view> bad;
};

auto const examples = std::vector<example>{
    {"date", {"2026-01-05", "2024-02-29"}, {"", "2026-1-5", "2026-02-29", "2026-13-01", "05.01.2026"}},
    {"date-time",
     {"2026-01-05T10:00:00Z", "2026-01-05t10:00:00.5+02:00"},
     {"", "yesterday", "2026-01-05", "2026-01-05T10:00:00", "2026-01-05T24:00:00Z", "2026-01-05T"}},
    {"duration", {"1h30m", "5 hours", "3s", "-1.5h", "2wks"}, {"", "1", "x", "5 fortnights"}},
    {"byte", {"dGlkZQ==", "YWJj"}, {"", "abc", "%%%", "dGlkZQ"}},
    {"cidr", {"192.0.2.0/24", "2001:db8::/32"}, {"192.0.2.0", "192.0.2.0/33", "/8"}},
    {"ipv4", {"192.0.2.1"}, {"192.0.2", "192.0.2.300", "2001:db8::1"}},
    {"ipv6", {"2001:db8::1"}, {"192.0.2.1", "::g"}},
    {"mac", {"00:00:5e:00:53:01", "02-00-5e-10-00-00-00-01", "0000.5e00.5301"}, {"00:00:5e:00:53", "x"}},
    {"uuid",
     {"7d444840-9dc0-11d1-b245-5ffdce74fad2", "7D4448409DC011D1B2455FFDCE74FAD2"},
     {"7d444840", "-", "7d444840--9dc0-11d1-b245-5ffdce74fad2"}},
    {"uuid4", {"7d444840-9dc0-41d1-b245-5ffdce74fad2"}, {"7d444840-9dc0-11d1-b245-5ffdce74fad2"}},
    {"isbn10", {"0-321-75104-3", "080442957X"}, {"0321751042"}},
    {"isbn13", {"978-0321751041"}, {"978-0321751042", "97803217510"}},
    {"creditcard", {"4111 1111 1111 1111"}, {"4111 1111 1111 1112", "x"}},
    {"ssn", {"123-45-6789"}, {"12-345-6789", ""}},
    {"hexcolor", {"#fff", "a0B1c2"}, {"#ffff", "red"}},
    {"rgbcolor", {"rgb(1, 2,255)"}, {"1,2,3", "rgb(1,2)", "rgb(1,2,256)"}},
    {"hostname", {"example.org", "a-b"}, {"-k", "a b", "a_b.example.org"}},
    {"uri", {"https://example.org/x?y=z", "/x"}, {"", "example.org", "http://a b/"}},
    {"email", {"who@example.org", "Who <who@example.org>"}, {"who", "who@"}},
    {"bsonobjectid", {"507f1f77bcf86cd799439011"}, {"507f1f77"}},
    {"k8s-short-name", {"a-1"}, {"A", "a.b"}},
    {"k8s-long-name", {"a-1.b"}, {"A"}},
    {"password", {"", "anything"}, {}},
};

} // namespace

TEST_CASE("texts have their formats or not") {
    for (auto const& e : examples) {
        INFO(e.format);
        CHECK(object::is_text_format(e.format));
        for (auto const text : e.good) {
            INFO(text);
            CHECK(object::has_format(text, e.format));
        }
        for (auto const text : e.bad) {
            INFO(text);
            CHECK_FALSE(object::has_format(text, e.format));
        }
    }
}

TEST_CASE("formats of numbers are known, and say nothing of texts; others are not known") {
    CHECK(object::is_known_format("int32"));
    CHECK_FALSE(object::is_text_format("int32"));
    CHECK_FALSE(object::is_known_format("colour"));
    CHECK(object::has_format("x", "colour"));
}
