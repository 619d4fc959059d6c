/// \file
/// Schemas of described types in one piece.

#include <berth/object/int_or_string.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/quantity.hpp>
#include <berth/object/reflect.hpp>
#include <berth/object/structural_schema.hpp>
#include <berth/object/time.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace berth;

namespace {

struct deck {
    std::string name;
    std::int32_t guns = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(deck, "", (name, .text = "How it is called."), (guns, .minimum = 0, .maximum = 100))
};
struct ship_spec {
    std::string rig;
    std::optional<bool> armed;
    object::list<deck> decks;
    std::vector<std::string> flags;
    object::string_map marks;
    object::int_or_string crew;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(ship_spec, "", (rig, .required = true, .values = "brig,sloop", .pattern = "^[a-z]+$"),
                   (armed), (decks, .topology = object::merge_topology::map, .list_keys = "name"),
                   (flags, .topology = object::merge_topology::set, .max_size = 3), (marks), (crew))
};
struct ship {
    static constexpr object::resource_name resource{"sea.example.org", "v1", "Ship", "ships", "ship", true};
    object::meta metadata;
    ship_spec spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(ship, "", (metadata), (spec, .required = true))
};
/// Contains itself.
struct node {
    std::int64_t value = 0;
    object::list<node> below;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(node, "", (value), (below))
};

} // namespace

TEST_CASE("a kind's schema stands in one piece") {
    CHECK(boost::json::value(object::structural_schema(object::type_of<ship>())) == boost::json::parse(R"({
        "type": "object",
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": {
                "type": "object",
                "properties": {
                    "rig": {"type": "string", "pattern": "^[a-z]+$", "enum": ["brig", "sloop"]},
                    "armed": {"type": "boolean"},
                    "decks": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "name": {"type": "string", "description": "How it is called."},
                                "guns": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 100}
                            },
                            "required": ["name"]
                        },
                        "x-kubernetes-list-type": "map",
                        "x-kubernetes-list-map-keys": ["name"]
                    },
                    "flags": {
                        "type": "array",
                        "items": {"type": "string"},
                        "maxItems": 3,
                        "x-kubernetes-list-type": "set"
                    },
                    "marks": {"type": "object", "additionalProperties": {"type": "string"}},
                    "crew": {"x-kubernetes-int-or-string": true}
                },
                "required": ["rig"]
            }
        },
        "required": ["spec"]
    })"));
}

TEST_CASE("what contains itself may hold anything below") {
    auto const schema = object::structural_schema(object::type_of<node>());
    auto const& below = schema.at("properties").at("below").at("items").as_object();
    CHECK(below.at("x-kubernetes-preserve-unknown-fields") == true);
    CHECK_FALSE(below.contains("properties"));
}
