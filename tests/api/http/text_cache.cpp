#include "harbour.hpp"

#include <berth/api/encoding.hpp>
#include <berth/api/http/text_cache.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace http = berth::api::http;
using namespace harbour;

TEST_CASE("an object is encoded once per revision") {
    auto texts = http::text_cache();
    auto const ref = crew_ref("x", 7);
    auto const text = texts.text(ref);
    CHECK(*text == api::encode(ref));
    CHECK(text->find(R"("resourceVersion":"7")") != std::string::npos);
    auto const copy = ref;
    CHECK(texts.text(copy) == text);
    auto const deleted = texts.text({ref.object, 9});
    CHECK(deleted != text);
    CHECK(*deleted == api::encode({ref.object, 9}));
    CHECK(texts.text({ref.object, 9}) == deleted);
    CHECK(texts.text(ref) == text);
    CHECK(texts.text(crew_ref("x", 7)) != text); // another object, though it says the same
}

TEST_CASE("a cache of texts holds so much and no more, the newest") {
    constexpr auto room = std::size_t{80'000};
    auto texts = http::text_cache(room);
    auto const long_text = std::string(1000, 'x');
    auto const last = crew_ref("last", 1, long_text);
    auto kept = std::shared_ptr<std::string const>();
    auto most = std::size_t{0};
    for (auto i = 0; i < 500; ++i) {
        kept = texts.text(crew_ref(std::to_string(i), i + 1, long_text));
        most = std::max(most, texts.bytes());
    }
    CHECK(kept->find("499") != std::string::npos);
    CHECK(most <= room);
    CHECK(most > room / 2);
    auto const text = texts.text(last);
    CHECK(texts.text(last) == text);
    auto const large = texts.text(crew_ref("large", 1, std::string(room, 'x'))); // there is no room for it
    CHECK(large->size() > room);
    CHECK(texts.bytes() <= room);
}

TEST_CASE("an object whose text is kept is kept, and goes with it") {
    auto texts = std::make_unique<http::text_cache>();
    for (auto i = 0; i < 100; ++i) { // none comes to lie where one before it did
        auto const name = "crew-" + std::to_string(i) + "-";
        CHECK(texts->text(crew_ref(name, 1))->find(name) != std::string::npos);
    }
    auto const held = texts->text(crew_ref("x", 1));
    auto const other = std::weak_ptr<std::string const>(texts->text(crew_ref("y", 1)));
    CHECK_FALSE(other.expired());
    texts.reset();
    CHECK(other.expired());
    CHECK(held->find("\"x\"") != std::string::npos);
}

TEST_CASE("readers of several threads get one text") {
    auto texts = http::text_cache();
    auto const ref = crew_ref("x", 1);
    auto seen = std::vector<std::shared_ptr<std::string const>>(4);
    auto ready = std::atomic<int>(0);
    auto threads = std::vector<std::jthread>();
    for (auto& place : seen)
        threads.emplace_back([&] {
            for (++ready; ready < 4;) std::this_thread::yield();
            place = texts.text(ref);
        });
    threads.clear();
    for (auto const& text : seen) CHECK(text == seen.front());
    CHECK(*seen.front() == api::encode(ref));
}

TEST_CASE("readers of several threads get the right texts while older ones go") {
    auto texts = http::text_cache(10'000);
    auto refs = std::vector<object::object_ref>();
    for (auto i = 0; i < 50; ++i) refs.push_back(crew_ref(std::to_string(i), i + 1, std::string(100, 'x')));
    auto wrong = std::atomic<int>(0);
    auto threads = std::vector<std::jthread>();
    for (auto t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (auto round = 0; round < 20; ++round)
                for (auto const& ref : refs)
                    if (*texts.text(ref) != api::encode(ref)) ++wrong;
        });
    threads.clear();
    CHECK(wrong == 0);
    CHECK(texts.text(refs.back()) == texts.text(refs.back()));
}
