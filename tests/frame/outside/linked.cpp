#include <berth/core/error.hpp>
#include <berth/schedule.hpp>

#include <boost/json.hpp>

// A second unit that includes the same headers, and needs what they link with.
auto parses(std::string_view text) -> berth::result<bool> { return boost::json::parse(text).is_object(); }
