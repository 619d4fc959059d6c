/// \file
/// Compressed answers, read back by a library that did not write them.

#include <berth/api/http/gzip.hpp>

#include <catch2/catch_test_macros.hpp>
#include <zlib.h>

#include <string>

namespace http = berth::api::http;

namespace {

/// What a gzip stream holds; empty where it is broken.
auto unpacked(std::string const& packed, std::size_t size) -> std::string {
    auto out = std::string(size + 1, '\0');
    auto machine = z_stream{};
    machine.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(packed.data()));
    machine.avail_in = static_cast<unsigned>(packed.size());
    machine.next_out = reinterpret_cast<unsigned char*>(out.data());
    machine.avail_out = static_cast<unsigned>(out.size());
    constexpr auto only_gzip = 16 + 15;
    if (inflateInit2(&machine, only_gzip) != Z_OK) return {};
    auto const end = inflate(&machine, Z_FINISH);
    out.resize(out.size() - machine.avail_out);
    inflateEnd(&machine);
    return end == Z_STREAM_END ? out : std::string();
}

auto noise(std::size_t size) -> std::string {
    auto out = std::string();
    for (auto state = 1U; out.size() < size; state = state * 1'664'525U + 1'013'904'223U)
        out += static_cast<char>(state >> 24U);
    return out;
}

} // namespace

TEST_CASE("what is compressed comes back") {
    for (auto const& text : {std::string("a"), std::string(1'000'000, 'x'), noise(300'000)})
        CHECK(unpacked(http::gzip(text), text.size()) == text);
    CHECK(unpacked(http::gzip(""), 0).empty());
    CHECK(http::gzip(std::string(1'000'000, 'x')).size() < 10'000);
}

TEST_CASE("gzip is taken by those who name it with a weight, or anything") {
    for (auto const* header : {"gzip", "deflate, gzip;q=0.5", "*", "br , gzip"})
        CHECK(http::takes_gzip(header));
    for (auto const* header : {"", "br", "gzip;q=0", "gzipped", "*;q=0.0"})
        CHECK_FALSE(http::takes_gzip(header));
}

TEST_CASE("only large answers are compressed") {
    auto small = http::response{};
    small.text = std::string(http::gzip_threshold - 1, 'x');
    auto large = small;
    large.text += 'x';
    http::compress(small);
    CHECK(small.text.size() == http::gzip_threshold - 1);
    CHECK(small.headers.empty());
    http::compress(large);
    CHECK(unpacked(large.text, http::gzip_threshold) == std::string(http::gzip_threshold, 'x'));
    REQUIRE(large.headers.size() == 2);
    CHECK(large.headers[0].second == "gzip");
}
