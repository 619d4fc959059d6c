/// \file
/// No input makes a parser or a patch crash; what is accepted prints and reads back.

#include <berth/object/described.hpp>
#include <berth/object/field_selector.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/list.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/names.hpp>
#include <berth/object/quantity.hpp>
#include <berth/object/selector.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <map>
#include <random>
#include <string>
#include <string_view>

using namespace berth;
namespace json = boost::json;

namespace {

/// Something with a list that is merged by key, as the random patches name it.
struct hand {
    std::string name;
    std::string image;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(hand, "", (name), (image))
};
struct crew_spec {
    object::list<hand> containers;
    object::string_map labels;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(crew_spec, "", (containers, .merge_key = "name", .patch = object::patch_strategy::merge),
                   (labels))
};
struct crew {
    object::meta metadata;
    crew_spec spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(crew, "", (metadata), (spec))
};

auto random_text(std::mt19937& random, std::string_view alphabet, std::size_t most) -> std::string {
    auto out = std::string();
    for (auto n = random() % most; n > 0; --n)
        out += random() % 20 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    return out;
}

/// A value made of the words that pods and patches are made of.
auto random_value(std::mt19937& random, int depth) -> json::value {
    static constexpr std::string_view words[] = {"spec",
                                                 "containers",
                                                 "name",
                                                 "volumes",
                                                 "ports",
                                                 "containerPort",
                                                 "env",
                                                 "tolerations",
                                                 "finalizers",
                                                 "metadata",
                                                 "ownerReferences",
                                                 "uid",
                                                 "$patch",
                                                 "delete",
                                                 "replace",
                                                 "merge",
                                                 "$retainKeys",
                                                 "a",
                                                 "b",
                                                 "$setElementOrder/containers",
                                                 "$setElementOrder/finalizers",
                                                 "$deleteFromPrimitiveList/finalizers",
                                                 "$setElementOrder/tolerations",
                                                 "op",
                                                 "add",
                                                 "remove",
                                                 "test",
                                                 "copy",
                                                 "move",
                                                 "path",
                                                 "from",
                                                 "value",
                                                 "/a",
                                                 "/a/b",
                                                 "/a/0",
                                                 "/a/-",
                                                 "/a/-1",
                                                 "",
                                                 "/",
                                                 "//"};
    auto const word = [&] { return words[random() % std::size(words)]; };
    switch (random() % (depth > 0 ? 9 : 4)) {
    case 0: return nullptr;
    case 1: return static_cast<int>(random() % 3);
    case 2: return json::string(object::detail::boost_view(word()));
    case 3: return 1.5;
    case 4:
    case 5: {
        auto out = json::array();
        for (auto n = random() % 4; n > 0; --n) out.push_back(random_value(random, depth - 1));
        return out;
    }
    default: break;
    }
    auto out = json::object();
    for (auto n = random() % 5; n > 0; --n)
        out[object::detail::boost_view(word())] = random_value(random, depth - 1);
    return out;
}

} // namespace

TEST_CASE("random bytes do not crash the parsers, and what they accept reads back") {
    auto random = std::mt19937(11);
    auto accepted = 0;
    for (auto i = 0; i < 100'000; ++i) {
        auto const q = object::quantity::parse(random_text(random, "0123456789.+-eEKMGTPEinumk", 14));
        if (q) {
            ++accepted;
            static_cast<void>(q->value() + (*q + *q).milli_value() % 2);
            auto const again = object::quantity::parse(q->to_string());
            REQUIRE(again);
            REQUIRE(again->to_string() == q->to_string());
        }
        auto const text = random_text(random, "ab=!<>(), in notin\\", 16);
        if (auto const s = object::selector::parse(text)) {
            ++accepted;
            INFO(text);
            REQUIRE(object::selector::parse(s->to_string()));
            static_cast<void>(s->matches(std::map<std::string, std::string>{{"a", "b"}, {"b", "3"}}));
        }
        if (auto const s = object::field_selector::parse(text)) {
            ++accepted;
            INFO(text);
            REQUIRE(object::field_selector::parse(s->to_string()));
        }
        static_cast<void>(object::int_or_string(random_text(random, "0123456789%-+", 24))
                              .scaled(static_cast<std::int64_t>(random()) << 32, object::rounding::up));
        static_cast<void>(object::qualified_name_problems(text));
        static_cast<void>(object::detail::go_quoted(text) + object::detail::go_json(text));
    }
    CHECK(accepted > 10'000);
}

TEST_CASE("random values do not crash the patches") {
    auto random = std::mt19937(12);
    auto accepted = 0;
    for (auto i = 0; i < 60'000; ++i) {
        auto const document = random_value(random, 5);
        auto const patch = random_value(random, 5);
        accepted += object::apply_merge_patch(document, patch).has_value() ? 1 : 0;
        accepted +=
            object::apply_strategic_patch(document, patch, object::type_of<crew>()).has_value() ? 1 : 0;
        auto operations = json::array();
        for (auto n = random() % 5; n > 0; --n) operations.push_back(random_value(random, 2));
        for (auto& operation : operations)
            if (operation.is_object()) {
                static constexpr char const* kinds[] = {"add", "remove", "replace", "move", "copy", "test"};
                operation.get_object()["op"] = kinds[random() % 6];
                operation.get_object()["path"] = random_text(random, "/ab0-1~", 8);
                operation.get_object()["from"] = random_text(random, "/ab0-1~", 8);
            }
        accepted += object::apply_json_patch(document, operations).has_value() ? 1 : 0;
    }
    CHECK(accepted > 5'000);
}
