/// \file
/// What is stored of a revision comes back as it was; damaged bytes are refused or read as something
/// harmless.

#include "../../fuzz/stored_revision.hpp"

#include "../../fuzz/corpus.hpp"

#include <berth/core/random.hpp>
#include <berth/store/detail/stored_revision.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
using namespace berth::store::detail;

namespace {

/// Some versions of one revision, of all kinds.
auto some_versions(berth::random_engine& draw, std::vector<std::string>& texts, store::revision_number mod)
    -> std::vector<stored_version> {
    auto out = std::vector<stored_version>{};
    texts.reserve(64);
    auto const text = [&](std::size_t size) -> std::string_view {
        texts.emplace_back();
        for (std::size_t i = 0; i < size; ++i) texts.back() += static_cast<char>(draw());
        return texts.back();
    };
    for (auto left = 1 + draw.below(6); left > 0; --left) {
        auto v = stored_version{.key = text(1 + draw.below(300)), .numbers = {.mod = mod}, .value = {}};
        if (draw.below(4) != 0) {
            v.value = text(draw.below(2) * draw.below(3'000));
            v.numbers.create =
                1 + static_cast<store::revision_number>(draw.below(static_cast<std::uint64_t>(mod)));
            v.numbers.version = 1 + static_cast<std::int64_t>(draw() >> (1 + draw.below(62)));
            v.numbers.lease = static_cast<store::lease_id>(draw.below(2) * (draw() >> 1U));
        }
        out.push_back(v);
    }
    return out;
}

/// Damages bytes somewhere.
auto mangle(std::string& bytes, berth::random_engine& draw) -> void {
    auto const at = draw.below(bytes.size());
    switch (draw.below(5)) {
    case 0: bytes.resize(at); break;
    case 1: bytes.erase(at, 1 + draw.below(8)); break;
    case 2: bytes.insert(at, 1 + draw.below(8), static_cast<char>(draw())); break;
    case 3: bytes[at] = static_cast<char>(draw.below(2) == 0 ? 0xff : draw()); break;
    default: bytes[at] = static_cast<char>(bytes[at] ^ (1 << draw.below(8)));
    }
}

} // namespace

TEST_CASE("what is stored of a revision comes back", "[store]") {
    auto draw = berth::random_engine{3};
    for (auto i = 0; i < 2'000; ++i) {
        auto texts = std::vector<std::string>{};
        auto const mod = 2 + static_cast<store::revision_number>(draw() >> (2 + draw.below(60)));
        fuzz::must_survive(some_versions(draw, texts, mod), mod); // ends the process if not
    }
    CHECK(true);
}

TEST_CASE("damaged bytes are no revision, and neither are those of another one", "[store]") {
    auto draw = berth::random_engine{4};
    for (auto i = 0; i < 2'000; ++i) {
        auto texts = std::vector<std::string>{};
        auto writer = revision_writer{};
        for (auto const& v : some_versions(draw, texts, 500)) writer.add(v);
        auto const sound = std::string{writer.finish(500)};
        auto bytes = sound;
        mangle(bytes, draw);
        if (bytes == sound) continue;
        REQUIRE(revision_reader(sound, 500).is_intact());
        REQUIRE(!revision_reader(bytes, 500).is_intact());
        REQUIRE(!revision_reader(sound, 501).is_intact());
    }
}

TEST_CASE("bytes that pass for sound are read as something harmless", "[store]") {
    auto const kept = tests::corpus("stored_revision");
    REQUIRE(kept.size() > 10);
    auto draw = berth::random_engine{5};
    for (auto const& input : kept) {
        fuzz::decode_stored_revision(input); // ends the process if not
        for (auto i = 0; i < 1'000; ++i) {
            auto bytes = input;
            for (auto n = 1 + draw.below(3); n > 0 && !bytes.empty(); --n) mangle(bytes, draw);
            fuzz::decode_stored_revision(bytes);
        }
    }
    CHECK(true);
}

TEST_CASE("a stored number is read under its name only, and undamaged", "[store]") {
    auto const stored = stored_number::make(7, 60);
    auto bytes = std::string(sizeof stored, '\0');
    std::memcpy(bytes.data(), &stored, sizeof stored);
    CHECK(stored_number::read(7, bytes) == 60);
    CHECK(!stored_number::read(8, bytes));
    CHECK(!stored_number::read(7, bytes.substr(1)));
    CHECK(!stored_number::read(7, ""));
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        CHECK(!stored_number::read(7, flipped));
    }
}
