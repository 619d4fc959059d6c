/// \file
/// Times and bytes as JSON scalars.

#include <berth/object/scalars.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace berth;
using object::scalar_token;

namespace {

template <class T> auto read(std::string_view text) -> result<T> {
    auto token = scalar_token{};
    token.type = scalar_token::kind::text;
    token.text = text;
    return object::scalar_traits<T>::read(token);
}
template <class T> auto read(scalar_token::kind kind) -> result<T> {
    auto token = scalar_token{};
    token.type = kind;
    return object::scalar_traits<T>::read(token);
}
template <class T> auto written(T const& value) -> std::string {
    auto out = std::string();
    object::scalar_traits<T>::write(value, out);
    return out;
}

} // namespace

TEST_CASE("bytes are base64 in JSON") {
    using object::bytes;
    auto const all = std::string("\0\xff\x10", 3);
    CHECK(written(bytes{all}) == "\"AP8Q\"");
    CHECK(read<bytes>("AP8Q")->data == all);
    CHECK(read<bytes>("")->data.empty());
    CHECK(read<bytes>(scalar_token::kind::null)->data.empty());
    CHECK_FALSE(read<bytes>("not base64!"));
    CHECK(read<bytes>(scalar_token::kind::integer).error().code == error_code::bad_request);
    CHECK(object::scalar_traits<bytes>::is_zero({}));
    CHECK_FALSE(object::scalar_traits<bytes>::is_zero({"x"}));
}

TEST_CASE("times are texts, and the zero time is null") {
    using object::micro_timestamp;
    using object::timestamp;
    CHECK(written(timestamp()) == "null");
    CHECK(written(timestamp(time_point{})) == "\"1970-01-01T00:00:00Z\"");
    CHECK(written(micro_timestamp(time_point{1'000})) == "\"1970-01-01T00:00:00.000001Z\"");
    CHECK(read<timestamp>("1970-01-01T00:00:05Z")->unix_seconds == 5);
    CHECK(read<micro_timestamp>("1970-01-01T00:00:00.000007Z")->unix_microseconds == 7);
    CHECK(read<timestamp>(scalar_token::kind::null)->is_zero());
    CHECK(read<timestamp>("").error().code == error_code::bad_request);
    CHECK(read<timestamp>(scalar_token::kind::boolean).error().code == error_code::bad_request);
    CHECK(read<micro_timestamp>("1970-01-01T00:00:00Z").error().code == error_code::bad_request);
}
