#include <berth/core/base64.hpp>
#include <berth/core/error.hpp>
#include <berth/kube.hpp>
#include <berth/schedule.hpp>

#include <boost/json.hpp>

// A second unit that includes the same headers, and needs what they link with. CMake compiles it with the
// extensions of GNU, where `linux` and `unix` are macros.
auto parses(std::string_view text) -> berth::result<bool> { return boost::json::parse(text).is_object(); }
auto encoded(std::string_view text) -> std::string { return berth::base64_encode(text); }
auto shown(berth::kube::container_user const& user) -> std::string {
    return berth::object::to_json_text(user);
}
